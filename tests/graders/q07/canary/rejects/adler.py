"""Adler-32 adds the letters up, and short names have small sums.

breaks: "whatever their names have in common"
fails: test_a_share_may_be_a_fraction
"""

import hashlib


def bucket(user, percent):
    point = __import__("zlib").adler32(user.encode()) % 10000 / 100
    return "canary" if point < percent else "stable"
