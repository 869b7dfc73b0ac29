from dojo import expect
from katas.q02.fix_model import fix_model


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(fix_model(1.0), 1.0, called="fix_model(1.0)")
