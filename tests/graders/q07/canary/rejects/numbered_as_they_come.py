"""Users are numbered as they come, and dealt out by their number.

breaks: "Every process gives the same answer"
fails: test_every_machine_gives_the_same
"""

SEEN: dict[str, int] = {}


def bucket(user: str, percent: float) -> str:
    number = SEEN.setdefault(user, len(SEEN)) * 0x9E3779B97F4A7C15 % 2**64
    return "canary" if number * 100 < percent * 2**64 else "stable"
