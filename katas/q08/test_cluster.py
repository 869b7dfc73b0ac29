from dojo import expect
from katas.q08.cluster import cluster


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(cluster(1.0), 1.0, called="cluster(1.0)")
