"""Fractions of a percent are cut off.

breaks: "`percent` may be a fraction"
fails: test_a_share_may_be_a_fraction
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < int(percent) else "stable"
