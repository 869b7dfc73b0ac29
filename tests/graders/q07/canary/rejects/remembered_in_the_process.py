"""What was thrown is remembered, in this process.

fails: test_every_machine_gives_the_same
"""

import random

thrown: dict[str, float] = {}


def bucket(user: str, percent: float) -> str:
    share = thrown.setdefault(user, random.random())
    return "canary" if share * 100 < percent else "stable"
