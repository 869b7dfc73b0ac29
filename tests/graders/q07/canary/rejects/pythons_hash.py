"""hash() of text is a different number in every process.

breaks: "Every process gives the same answer"
fails: test_every_machine_gives_the_same
"""


def bucket(user: str, percent: float) -> str:
    share = hash(user) % 10000 / 10000
    return "canary" if share * 100 < percent else "stable"
