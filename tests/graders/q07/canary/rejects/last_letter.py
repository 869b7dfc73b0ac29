"""The last letters decide, and many users end alike.

breaks: "whatever their names have in common"
fails: test_a_share_may_be_a_fraction, test_names_of_any_alphabet, test_the_share_of_the_canary
"""


def bucket(user: str, percent: float) -> str:
    share = int.from_bytes(user.encode()[-2:], "big") % 1000 / 1000
    return "canary" if share * 100 < percent else "stable"
