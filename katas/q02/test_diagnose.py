from dojo import expect
from katas.q02.diagnose import diagnose


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(diagnose(1.0), 1.0, called="diagnose(1.0)")
