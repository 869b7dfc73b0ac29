from dojo import expect
from katas.q12.gpu_gaps import gpu_gaps


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(gpu_gaps(1.0), 1.0, called="gpu_gaps(1.0)")
