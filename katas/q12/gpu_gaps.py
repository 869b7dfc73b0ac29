"""What this file is about, in a sentence."""


def gpu_gaps(x: float) -> float:
    """What it gives back; shapes, dtypes, units, errors raised."""
    raise NotImplementedError
