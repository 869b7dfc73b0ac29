"""A run of whole katas takes long: it begins with the first test here, beside all others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.dojo.test_leftovers import LEAVERS, Run, run_katas

LAST = "run_of_katas"


@pytest.fixture(scope="session")
def run_of_katas(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Future[Run]]:
    katas = ["katas"] if request.config.option.all else LEAVERS
    with ThreadPoolExecutor(1) as pool:
        # The environment of now: tests that run beside it change theirs.
        place, env = tmp_path_factory.mktemp("run"), dict(os.environ)
        yield pool.submit(run_katas, katas, place, env)


@pytest.fixture(scope="session", autouse=True)
def it_begins_early(request: pytest.FixtureRequest) -> None:
    if any(LAST in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue(LAST)
