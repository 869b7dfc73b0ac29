from dojo import expect
from katas.q12.fix_pipeline import fix_pipeline


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(fix_pipeline(1.0), 1.0, called="fix_pipeline(1.0)")
