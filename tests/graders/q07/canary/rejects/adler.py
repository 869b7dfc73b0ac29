"""Adler-32 adds the letters up, and short names have small sums.

fails: test_the_share_of_the_canary
"""

import hashlib


def bucket(user, percent):
    point = __import__("zlib").adler32(user.encode()) % 10000 / 100
    return "canary" if point < percent else "stable"
