"""The dice are thrown once per user, and remembered in this process.

breaks: "Every process gives the same answer"
fails: test_every_machine_gives_the_same
"""

import random

thrown: dict[str, float] = {}


def bucket(user: str, percent: float) -> str:
    share = thrown.setdefault(user, random.random())
    return "canary" if share * 100 < percent else "stable"
