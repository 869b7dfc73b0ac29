from dojo import expect
from katas.q08.placement import placement


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(placement(1.0), 1.0, called="placement(1.0)")
