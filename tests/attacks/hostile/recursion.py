"""Calls itself without an end, with the limit of that taken away."""

import sys

sys.setrecursionlimit(1 << 30)


def deeper(n):
    return deeper(n + 1) + 1


def make_counter():
    return deeper(0)
