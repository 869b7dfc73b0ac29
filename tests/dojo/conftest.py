"""The run of all katas takes a minute: it begins with the first test here, beside all others."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.dojo.test_leftovers import Run, run_all_katas

LAST = "run_of_all_katas"


@pytest.fixture(scope="session")
def run_of_all_katas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Run]]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(run_all_katas, tmp_path_factory.mktemp("all"))


@pytest.fixture(scope="session", autouse=True)
def it_begins_early(request: pytest.FixtureRequest) -> None:
    if any(LAST in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue(LAST)
