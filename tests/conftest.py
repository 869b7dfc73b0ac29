"""A warm process of the tests' own, shared by all that judge something."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from dojo.runner.messages import Request, Result
from dojo.warm import client
from dojo.warm.address import Home
from tests.proof import Case

ROOT = Path(__file__).parents[1]
RUN = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="re-record the golden messages")


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A warm process that is gone afterwards."""
    home = Home(tmp_path_factory.mktemp("home") / "warm", ROOT)
    server = client.start(home, tied=True)
    client.wait_until_up(home, server)
    yield home
    client.stop(home)
    assert server.wait(30) == 0


@pytest.fixture(scope="session")
def judge(warm: Home) -> Callable[[Request], Result]:
    """Have a request judged by the warm process, whatever other tests do to the environment."""
    address = warm.read()
    assert address

    def judged(request: Request) -> Result:
        result = client.ask_at(address, request)
        assert result, "the warm process is gone"
        return result

    return judged


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for the proof comes last: the other tests leave it a core meanwhile."""
    items.sort(key=waits_for_the_proof)


@pytest.fixture(scope="session", autouse=True)
def the_proof_begins_first(request: pytest.FixtureRequest) -> None:
    if any(map(waits_for_the_proof, request.session.items)):
        request.getfixturevalue("seen")


def waits_for_the_proof(item: pytest.Item) -> bool:
    return "seen" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def seen(
    request: pytest.FixtureRequest,
    judge: Callable[[Request], Result],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Case], Result]]:
    """What comes out for a case; the selected cases are judged side by side, each once."""
    folder = tmp_path_factory.mktemp("answers")
    futures: dict[Case, Future[Result]] = {}
    one_waits = 1  # for a process or a server of its own, mostly
    with ThreadPoolExecutor((os.cpu_count() or 1) + one_waits) as pool:

        def submit(case: Case) -> Future[Result]:
            if case not in futures:
                futures[case] = pool.submit(judge, case.request(folder))
            return futures[case]

        for item in request.session.items:
            case = item.callspec.params.get("case") if hasattr(item, "callspec") else None
            if case:
                submit(case)
        yield lambda case: submit(case).result()
        pool.shutdown(cancel_futures=True)
    request.config.stash[RUN] = Counter(case.kind for case in futures)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    run = config.stash.get(RUN, None)
    if run:
        counts = ", ".join(f"{run[kind]} {kind}" for kind in ("accepts", "rejects"))
        files = f"{run['solution']} solutions and {run['shipped']} stubs as shipped"
        terminalreporter.write_line(f"Graders proven with {counts}, {files}.")
