"""Shares above a half are counted from the other end.

breaks: "A user who has the canary keeps it"
fails: test_nobody_loses_the_canary_when_it_grows
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    if percent > 50:
        return "canary" if share * 100 >= 100 - percent else "stable"
    return "canary" if share * 100 < percent else "stable"
