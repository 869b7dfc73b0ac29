"""What a test leaves behind is let go of soon afterwards, and not in the middle of another test.

An iterator of tf.data has a thread that tunes it. The thread sleeps longer and longer, up to a
minute. Whoever destroys the iterator wakes it, and waits for its end. Now and then it looks too
early whether it is to end, and sleeps once more: seen on TensorFlow 2.21 with one or two of 60
iterators. So the age of an iterator is about the time that its end may take. A collection of
garbage may destroy one anywhere, and the test where that happens would seem to hang.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Generator

import pytest

SHARE = 0.05  # of the time, at most


class Garbage:
    """A pytest plugin that collects garbage between tests, about once a second."""

    def __init__(self) -> None:
        self.ended, self.took = time.monotonic(), SHARE

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        result = yield
        began = time.monotonic()
        if began - self.ended >= self.took / SHARE:
            gc.collect()
            self.ended = time.monotonic()
            self.took = self.ended - began
        return result
