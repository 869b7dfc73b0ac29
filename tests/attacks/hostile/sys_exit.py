"""Ends the program with status 0, at import for those who start it and in each call."""

import sys


def make_counter():
    sys.exit(0)
