"""Starts threads until there are no more."""

import threading
import time


def make_counter():
    for _ in range(20_000):
        threading.Thread(target=time.sleep, args=[600], daemon=True).start()
    return lambda x: 0
