"""What many tests share: a warm process of their own, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dojo.runner.messages import Request, Result
from dojo.warm import client
from dojo.warm.address import Home
from tests.browser import BROWSERS, Open
from tests.closing import Closing
from tests.proof import Case

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="prove the graders with all cases")
    parser.addoption("--record", action="store_true", help="re-record the golden messages; all")


def pytest_configure(config: pytest.Config) -> None:
    # What the tests start uses the dojo of this checkout, whichever is installed.
    path = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), *path]))
    config.addinivalue_line("markers", "whole: takes minutes; only with --all")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a thousand processes would compile the same
    if not is_one_of_several(config):
        config.pluginmanager.register(Closing(ROOT, everything(config)))


def everything(config: pytest.Config) -> bool:
    """Whether all cases are proven, or those that take minutes."""
    return bool(config.option.all or config.option.record)


def is_one_of_several(config: pytest.Config) -> bool:
    """Whether the tests are split over processes (`-n`), and this is one of these."""
    return hasattr(config, "workerinput")


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


@pytest.fixture(scope="module")  # its event loop would be in the way of other modules
def browser() -> Iterator[Browser]:
    """The browser of this machine; Playwright would download its own."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        pytest.skip("There is no Chromium on PATH: apt install chromium")
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=args)
        yield found
        found.close()


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Open]:
    """Open an address in a tab of its own: no request elsewhere, no alert, no error."""
    contexts, complaints = [], list[str]()

    def opened(address: str, width: int = 1400, **more: Any) -> Tab:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **more))
        tab = contexts[-1].new_page()
        own = address if address.startswith("file:") else "/".join(address.split("/")[:3])
        tab.on("request", lambda r: r.url.startswith(own) or complaints.append(r.url))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(address)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What waits for what runs beside comes last; of that, what waits for the proof."""
    if not everything(config) and (left := [i for i in items if i.get_closest_marker("whole")]):
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: (waits_for_the_proof(item), "run_of_katas" in fixtures(item)))


@pytest.fixture(scope="session", autouse=True)
def the_proof_begins_first(request: pytest.FixtureRequest) -> None:
    if any(map(waits_for_the_proof, request.session.items)):
        request.getfixturevalue("seen")


def waits_for_the_proof(item: pytest.Item) -> bool:
    return "seen" in fixtures(item)


def fixtures(item: pytest.Item) -> tuple[str, ...]:
    return tuple(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def seen(
    request: pytest.FixtureRequest,
    judge: Callable[[Request], Result],
    warm: Home,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Case], Result]]:
    """What comes out for a case; the collected cases are judged side by side, each once."""
    folder = tmp_path_factory.mktemp("answers")
    futures: dict[Case, Future[Result]] = {}
    one_waits = 1  # for a process or a server of its own, mostly
    give_way(warm)
    with ThreadPoolExecutor((os.cpu_count() or 1) + one_waits) as pool:

        def submit(case: Case) -> Future[Result]:
            if case not in futures:
                futures[case] = pool.submit(judge, case.request(folder))
            return futures[case]

        # One of several processes has all items, and does not know which will be its own.
        ahead = [] if is_one_of_several(request.config) else request.session.items
        for item in ahead:
            case = item.callspec.params.get("case") if hasattr(item, "callspec") else None
            if case:
                submit(case)
        yield lambda case: submit(case).result()
        pool.shutdown(cancel_futures=True)


def give_way(warm: Home) -> None:
    """Let the other tests, which run one after the other, have a core whenever they want one."""
    address = warm.read()
    if address and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, address.pid, 10)
