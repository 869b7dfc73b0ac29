"""The percentage is rounded to one decimal.

breaks: "`percent` may be a fraction"
fails: test_a_share_may_be_a_fraction
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few."""
    digest = hashlib.sha256(user.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big") >> 11
    place = number / 2**53  # from 0 to just below 1
    return "canary" if place * 100 < round(percent, 1) else "stable"
