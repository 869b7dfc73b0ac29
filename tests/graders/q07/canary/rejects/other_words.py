"""Another word stands for those who do not have the canary.

breaks: "One of the words"
fails: test_a_share_may_be_a_fraction, test_names_of_any_alphabet, test_the_share_of_the_canary
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < percent else "default"
