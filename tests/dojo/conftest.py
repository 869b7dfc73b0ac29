"""What several tests share: a run of whole katas, begun with the first test; a page; a mark."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dojo.watch.page.server import Page
from dojo.watch.state import State
from tests.dojo import paging
from tests.dojo.test_leftovers import LEAVERS, Run, run_katas
from tests.processes import marked

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


@pytest.fixture
def mark() -> Iterator[str]:
    """What all processes of this test have in their environment; those that are left are ended."""
    run = uuid.uuid4().hex
    yield run
    for process in marked(run):
        process.kill()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return paging.build(tmp_path / "checkout")


@pytest.fixture
def state(checkout: Path) -> State:
    return paging.judged(checkout)


@pytest.fixture
def asked() -> list[Any]:
    """What a watch would hear of the page."""
    return []


@pytest.fixture
def page(state: State, asked: list[Any]) -> Iterator[Page]:
    """One that is served, without a watch."""
    page = Page(state, asked.append)
    with page.served(state):
        yield page
