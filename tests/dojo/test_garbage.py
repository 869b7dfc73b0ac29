"""What a test has left in a circle of references does not wait for a later test."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from dojo.garbage import Garbage


@pytest.fixture(autouse=True)
def none_of_its_own() -> Iterator[None]:
    """Python collects nothing on its own."""
    gc.disable()
    yield
    gc.enable()


class Node:
    """Refers to itself, so that only a collection of garbage lets go of it."""

    def __init__(self) -> None:
        self.itself = self


def after_a_test(garbage: Garbage) -> bool:
    """Whether something that a test has left is gone when the next one begins."""
    protocol = garbage.pytest_runtest_protocol()
    next(protocol)
    left = weakref.ref(Node())
    with pytest.raises(StopIteration):
        protocol.send(True)
    return left() is None


def test_it_is_gone_before_the_next_test() -> None:
    garbage = Garbage()
    garbage.ended -= 60
    assert after_a_test(garbage)


def test_quick_tests_do_not_pay_for_it() -> None:
    garbage = Garbage()
    garbage.took = 60
    assert not after_a_test(garbage)
