"""The sum of the letters is no hash.

breaks: "whatever their names have in common"
fails: test_a_share_may_be_a_fraction, test_the_share_of_the_canary
"""


def bucket(user: str, percent: float) -> str:
    share = sum(map(ord, user)) % 100 / 100
    return "canary" if share * 100 < percent else "stable"
