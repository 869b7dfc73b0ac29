"""Who gets the new version first."""


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few.

    >>> users = [f"user {number}" for number in range(1000)]
    >>> have = [user for user in users if bucket(user, 10) == "canary"]
    >>> 50 < len(have) < 150
    True

    - A user gets the same answer in every call.
    - Every process gives the same answer.
    - Of many users, `percent` in a hundred get the canary, whatever their names have in common.
    - A user who has the canary keeps it when `percent` grows.

    Args:
        percent: from 0 for nobody to 100 for everybody.

    Returns:
        One of the words "canary" and "stable".

    Beyond the idea:
        - `percent` may be a fraction, such as 0.04.
        - A name may have letters of any alphabet.
    """
    raise NotImplementedError
