"""Of a name with a number, the number counts.

breaks: "whatever their names have in common"
fails: test_the_share_of_the_canary
"""

import hashlib
import re


def bucket(user: str, percent: float) -> str:
    digits = re.search(r"\d+", user)
    key = digits.group() if digits else user
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big")
    return "canary" if number * 100 < percent * 2**64 else "stable"
