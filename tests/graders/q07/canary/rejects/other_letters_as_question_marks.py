"""Letters that are not ASCII become question marks, so that many names are one.

breaks: "A name may have letters of any alphabet"
fails: test_names_of_any_alphabet
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few."""
    digest = hashlib.sha256(user.encode("ascii", "replace")).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < percent else "stable"
