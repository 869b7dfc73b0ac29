"""Who gets the new version first."""


def bucket(user: str, percent: float) -> str:
    """Which version a user gets while a canary is out.

    A user gets the same answer every time, from every machine. Of many users, `percent` in a
    hundred get the canary, whatever their names have in common. Whoever has it keeps it when
    `percent` grows.

    Args:
        user: any text that names a user.
        percent: the share of the canary, from 0 (nobody) to 100 (all), in fractions, too.

    Returns:
        "canary" or "stable".
    """
    raise NotImplementedError
