"""Requests are counted, and every so many goes to the canary.

breaks: "A user gets the same answer in every call"
fails: test_a_user_gets_the_same_every_time, test_every_machine_gives_the_same
"""

from itertools import count

requests = count()


def bucket(user: str, percent: float) -> str:
    request = next(requests)
    return "canary" if request * percent // 100 != (request + 1) * percent // 100 else "stable"
