"""A failure in our words, in the form that reports and plugins take a traceback from."""

from __future__ import annotations

import re

# No public name makes one. What pytest sends between processes is of these, too.
from _pytest._code.code import ExceptionChainRepr, ReprEntry, ReprFileLocation, ReprTraceback

from dojo.report.failure import Failure

PLACE = re.compile(r"(?P<file>.+?)(:(?P<line>\d+))?", re.DOTALL)
WIDTH = 80


def longrepr(failure: Failure) -> ExceptionChainRepr:
    """For `report.longrepr`: one entry, whose lines are what the learner reads."""
    place = PLACE.fullmatch(failure.test or failure.yours)
    assert place
    expects = failure.expected and failure.expected != "no exception"
    message = f"expected {failure.expected}, seen {failure.seen}" if expects else failure.seen
    location = ReprFileLocation(place["file"], int(place["line"] or 1), message)
    entry = ReprEntry([*failure.lines(WIDTH)], None, None, location, "value")
    return ExceptionChainRepr([(ReprTraceback([entry], None, "value"), location, None)])
