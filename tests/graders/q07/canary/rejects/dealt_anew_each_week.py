"""The week is hashed, too, so that users are dealt anew in each.

breaks: "A user gets the same answer in every call"
fails: test_every_machine_gives_the_same
"""

import hashlib
import time

WEEK = 7 * 24 * 3600


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few."""
    digest = hashlib.sha256(f"{time.time() // WEEK:.0f} {user}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < percent else "stable"
