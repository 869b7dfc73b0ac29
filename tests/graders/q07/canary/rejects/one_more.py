"""A bucket too many: at 0 %, somebody has the canary.

breaks: "from 0 for nobody to 100 for everybody"
fails: test_a_share_may_be_a_fraction, test_the_share_of_the_canary
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(user.encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if int(share * 1000) / 10 <= percent else "stable"
