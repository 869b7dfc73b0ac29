"""A generator of random numbers, with the user as its seed."""

import random


def bucket(user: str, percent: float) -> str:
    return "canary" if random.Random(user).uniform(0, 100) < percent else "stable"
