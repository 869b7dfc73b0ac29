"""Skips each test."""

import pytest


def make_counter():
    pytest.skip("not on this machine")
