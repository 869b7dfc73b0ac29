"""Holds more and more memory, in more than one process."""

import os
import time


def make_counter():
    for _ in range(3):
        os.fork()
    held = []
    while True:
        try:
            held.append(bytearray(100_000_000))
        except MemoryError:
            time.sleep(1)
