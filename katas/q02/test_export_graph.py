from dojo import expect
from katas.q02.export_graph import export_graph


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value(export_graph(1.0), 1.0, called="export_graph(1.0)")
