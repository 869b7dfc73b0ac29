"""A hundred buckets are too few for half a percent.

breaks: "`percent` may be a fraction"
fails: test_a_share_may_be_a_fraction
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    return "canary" if int.from_bytes(digest[:8], "big") % 100 < percent else "stable"
