"""After twenty requests a user has had enough of the canary.

breaks: "A user gets the same answer in every call"
fails: test_a_user_gets_the_same_every_time
"""

import hashlib
from collections import Counter

REQUESTS = Counter()


def bucket(user: str, percent: float) -> str:
    REQUESTS[user] += 1
    digest = hashlib.md5(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    return "canary" if share * 100 < percent and REQUESTS[user] <= 20 else "stable"
