"""Below one percent another hash is taken, and its users lose the canary later.

breaks: "A user who has the canary keeps it"
fails: test_nobody_loses_the_canary_when_it_grows
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few."""
    digest = hashlib.sha256((user if percent >= 1 else f"early {user}").encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < percent else "stable"
