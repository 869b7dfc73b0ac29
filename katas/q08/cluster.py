"""What this file is about, in a sentence."""


def cluster(x: float) -> float:
    """What it gives back; shapes, dtypes, units, errors raised."""
    raise NotImplementedError
