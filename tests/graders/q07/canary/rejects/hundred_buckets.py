"""A hundred buckets have no half of a percent.

fails: test_the_share_of_the_canary
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    return "canary" if int.from_bytes(digest[:8], "big") % 100 < percent else "stable"
