"""Raises an exception whose text is endless."""


def make_counter():
    raise ValueError("x" * 20_000_000)
