"""What `dojo.expect` raises: a module of its own, since importing that one imports TensorFlow."""

from __future__ import annotations


class ExpectationError(AssertionError):
    """Raised by `dojo.expect`: one observation differs from what the test expects.

    Without an `idea`, the test's docstring tells it; an empty one says that none explains this.
    `unfinished` says that there was nothing to observe yet.
    """

    def __init__(
        self,
        *,
        called: str,
        expected: str,
        seen: str,
        idea: str | None = None,
        unfinished: bool = False,
    ):
        super().__init__(f"{called}\nexpected  {expected}\nseen      {seen}")
        self.called, self.expected, self.seen, self.idea = called, expected, seen, idea
        self.unfinished = unfinished
