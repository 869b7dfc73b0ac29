"""Puts another module in the place of dojo.expect."""

import sys
from unittest import mock

sys.modules["dojo.expect"] = mock.MagicMock()
sys.modules["dojo"].expect = mock.MagicMock()


def make_counter():
    return lambda x: 0
