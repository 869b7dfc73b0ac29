"""Every test starts with nothing that records."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def unrecorded() -> Iterator[None]:
    yield
    from katas.q02.board import record_nothing  # not before a warm process has taken over

    record_nothing()
