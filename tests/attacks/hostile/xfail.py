"""Says that each test is expected to fail."""

import pytest


def make_counter():
    pytest.xfail("known")
