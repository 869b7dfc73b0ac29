"""Each request is thrown for anew.

breaks: "A user gets the same answer in every call"
fails: test_a_user_gets_the_same_every_time, test_every_machine_gives_the_same, test_nobody_loses_the_canary_when_it_grows
"""

import random


def bucket(user: str, percent: float) -> str:
    share = random.random()
    return "canary" if share * 100 < percent else "stable"
