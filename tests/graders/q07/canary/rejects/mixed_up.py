"""The canary and the others are mixed up.

breaks: "`percent` in a hundred get the canary"
fails: test_a_share_may_be_a_fraction, test_names_of_any_alphabet, test_nobody_loses_the_canary_when_it_grows, test_the_share_of_the_canary
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "stable" if share * 100 < percent else "canary"
