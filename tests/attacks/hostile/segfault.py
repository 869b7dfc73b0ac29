"""Reads address 0."""

import ctypes


def make_counter():
    ctypes.string_at(0)
