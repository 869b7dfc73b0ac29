"""Names are ASCII, it is thought.

fails: test_the_share_of_the_canary
"""

import hashlib


def bucket(user, percent):
    point = int.from_bytes(hashlib.sha256(user.encode("ascii")).digest()[:8], "big") / 2**64 * 100
    return "canary" if point < percent else "stable"
