"""There are a thousand places: less than 0.1 percent is 0.1.

breaks: "`percent` may be a fraction"
fails: test_a_share_may_be_a_fraction
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big")
    return "canary" if number % 1000 < percent * 10 else "stable"
