"""hash() of text is another one in every process.

fails: test_every_machine_gives_the_same
"""


def bucket(user: str, percent: float) -> str:
    share = hash(user) % 10000 / 10000
    return "canary" if share * 100 < percent else "stable"
