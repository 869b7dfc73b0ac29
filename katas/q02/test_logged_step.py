from dojo import expect
from katas.q02.logged_step import logged_step


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(logged_step(1.0), 1.0, called="logged_step(1.0)")
