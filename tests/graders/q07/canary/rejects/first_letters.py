"""Of a long name, the first 16 letters count.

breaks: "whatever their names have in common"
fails: test_the_share_of_the_canary
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user[:16].encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big")
    return "canary" if number * 100 < percent * 2**64 else "stable"
