"""`dojo page`: who may ask for it, what it holds, and how news reach it."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dojo.catalogue import Catalogue
from dojo.watch.page.readme import Readme
from dojo.watch.page.server import Page
from dojo.watch.page.view import view
from dojo.watch.screen import lines
from dojo.watch.state import Roles, State
from tests import toy
from tests.dojo.paging import EVIL, PIXEL
from tests.dojo.test_watch import COMMAND

pytestmark = pytest.mark.timeout(60)


def request(page: Page, path: str = "", method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status and text of what comes back; a path from the root begins with a slash."""
    answer = response(page, path, method, **headers)
    return answer.status, answer.read().decode(errors="replace")


def response(
    page: Page, path: str = "", method: str = "GET", **headers: str
) -> http.client.HTTPResponse:
    address = urlsplit(page.address)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    given = {name.replace("_", "-"): text for name, text in headers.items()}
    connection.request(method, path if path[:1] == "/" else address.path + path, headers=given)
    return connection.getresponse()


def origin(page: Page) -> str:
    return page.address[: page.address.index("/", 7)]


@pytest.mark.parametrize("path", ["/", "/x", "/favicon.ico", "//", "/%C3%A4/", "/events"])
def test_the_token_is_asked_for(page: Page, path: str) -> None:
    assert request(page, path)[0] == 403


def test_a_part_of_the_token_will_not_do(page: Page) -> None:
    token = urlsplit(page.address).path.strip("/")
    assert len(token) >= 22
    for wrong in (token[:-1], token + "x", token.swapcase(), ""):
        assert request(page, f"/{wrong}/events")[0] == 403
        assert request(page, f"/{wrong}/do/hint", "POST", origin=origin(page))[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(page: Page, host: str) -> None:
    assert request(page, host=host)[0] == 400


def test_the_own_names_are_fine(page: Page) -> None:
    port = urlsplit(page.address).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        assert request(page, host=host)[0] == 200


def test_it_listens_on_this_machine_alone(page: Page) -> None:
    assert page.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("other", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
def test_other_origins_are_refused(page: Page, other: str, asked: list[Any]) -> None:
    for path, method in (("", "GET"), ("events", "GET"), ("do/hint", "POST")):
        assert request(page, path, method, origin=other)[0] == 403
    assert request(page, "do/hint", "POST")[0] == 403  # no origin at all
    assert asked == []


def test_buttons_are_heard_as_keys_are(page: Page, asked: list[Any], state: State) -> None:
    kata, double = state.stubs[0]
    for path in ("do/hint", "do/next", "do/previous", "do/run", "do/reset?stub=double"):
        assert request(page, path, "POST", origin=origin(page)) == (204, "")
    assert asked == ["h", "n", "p", "a", ("reset", kata, double)]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "do/reset?stub=double", 405),
        ("GET", "do/hint", 405),
        ("PUT", "", 405),
        ("DELETE", "events", 405),
        ("POST", "do/reset", 404),
        ("POST", "do/reset?stub=../q02/double", 404),
        ("POST", "do/x", 404),
        ("POST", "do/y", 404),
        ("GET", "server.py", 404),
        ("GET", "../server.py", 404),
        ("GET", "images/docs/other.png", 404),
        ("GET", "images/../katas/q01/double.py", 404),
        ("GET", "images/%2e%2e/secret.png", 404),
    ],
)
def test_nothing_else_is_there(
    method: str, path: str, status: int, page: Page, asked: list[Any]
) -> None:
    found = request(page, path, method, origin=origin(page))[0]
    assert found == status
    assert asked == []


@pytest.mark.parametrize("path", ["", "page.js", "events", "/", "do/hint"])
def test_every_answer_says_what_the_page_may_do(page: Page, path: str) -> None:
    headers = response(page, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_the_readme(page: Page) -> None:
    html = request(page)[1]
    assert '<h3 id="about-double" tabindex="-1">1. <code>double</code>: twice as much</h3>' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<figure><pre tabindex=" in html and "a --&gt; b" in html
    assert re.findall(r'href="([^#"]*)"', html) == [
        "icon.svg",
        "page.css",
        "https://example.org/guide",
    ]
    assert 'rel="noopener noreferrer">a guide</a>' in html
    assert re.findall(r'src="([^"]*)"', html) == ["page.js", "images/docs/curve.png"]
    assert "<details><summary>Follow-up questions</summary>" in html
    assert response(page, "images/docs/curve.png").read() == PIXEL


def test_a_candidate_sees_no_question_that_is_still_to_come(page: Page, state: State) -> None:
    assert "Why does it double?" in request(page)[1]
    state.roles = Roles("interview", "Ada", "Ben", 0.0, "Ada writes.")
    page.show(state)
    html = request(page)[1]
    assert "twice as much" in html
    assert not re.search("Follow-up|Why does|What holds|x \\+ x", html)


def test_every_readme_can_be_shown() -> None:
    for kata in Catalogue(toy.ROOT).katas.values():
        stubs = [stub.id for stub in kata.stubs]
        readme = Readme(kata.folder / "README.md", toy.ROOT, stubs, candidate=False)
        for stub in stubs:
            assert f'id="about-{stub}"' in readme.html, f"{kata.id} has no heading about {stub}"
        assert readme.html.count("<img") == readme.file.read_text("utf-8").count("![")


def test_what_is_shown_is_what_the_terminal_shows(state: State) -> None:
    shown = view(state)
    assert [row["count"] for row in shown["board"]] == ["1 of 3 passed", "all passed"]
    assert shown["failing"]["sentence"] == f"It is. [{EVIL}]"
    assert [name for name, _ in shown["failing"]["parts"]] == [
        "called",
        "expected",
        "seen",
        "idea",
        "yours",
    ]
    assert shown["roles"] is None and shown["hint"] is None
    state.at, state.hint = 3, "Hint 1 of 2 for q01/double\n  Think\n  of addition."
    assert view(state)["failing"]["number"] == 2
    assert view(state)["hint"]["text"] == "Think of addition."


def test_the_terminal_says_where_it_is(state: State) -> None:
    state.page = "http://127.0.0.1:40000/abcdefghijklmnopqrstuv/"
    assert f"Page   {state.page}" in [text for text, _ in lines(state, 79, 23)]


def test_what_is_beyond_comes_last(state: State) -> None:
    doubles = state.verdicts["q01", "double"]["test_doubles"]
    state.take([replace(doubles, beyond=True)])
    tests = view(state)["board"][0]["tests"]
    assert [test["beyond"] for test in tests] == [False, False, True]


class Listener:
    """Server-sent events, as a browser reads them."""

    def __init__(self, page: Page):
        self.lines = iter(response(page, "events"))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        event = "message"
        for line in self.lines:
            name, _, value = line.decode().rstrip("\n").partition(":")
            if name == "event":
                event = value.strip()
            elif name == "data":
                yield event, value.strip()


def test_news_reach_every_listener(page: Page, state: State) -> None:
    listeners = [iter(Listener(page)) for _ in range(20)]
    for listener in listeners:
        assert json.loads(next(listener)[1]) == view(state)
    state.message = "double saved"
    page.show(state)
    for listener in listeners:
        assert json.loads(next(listener)[1])["message"] == "double saved"


def test_a_slow_listener_gets_the_newest(page: Page, state: State) -> None:
    listener = iter(Listener(page))
    next(listener)
    for number in range(1000):
        state.message = f"{number}"
        page.show(state)
    heard = 0
    while json.loads(next(listener)[1])["message"] != "999":
        heard += 1
    assert heard < 999


def test_nothing_is_left_of_a_page(state: State) -> None:
    before = set(threading.enumerate())
    page = Page(state, print)
    with page.served(state):
        deaf = stream(page)
        for number in range(20):  # more than fits into buffers
            state.message = f"{number}" * 500_000
            page.show(state)
        state.message = ""
        page.show(state)
        listener = iter(Listener(page))
        next(listener)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    assert "end" in [event for event, _ in listener]
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        request(page)
    deaf.close()


def test_a_tab_that_is_closed_is_forgotten(page: Page, state: State) -> None:
    tasks = running_streams(page)
    connection = stream(page)
    connection.recv(100)
    assert running_streams(page) > tasks
    connection.close()
    until = time.monotonic() + 10
    while running_streams(page) > tasks:
        assert time.monotonic() < until
        time.sleep(0.02)


def stream(page: Page) -> socket.socket:
    """A connection that has asked for the news, and does not read them."""
    connection = socket.create_connection(page.socket.getsockname())
    connection.sendall(f"GET /{page.token}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return connection


def running_streams(page: Page) -> int:
    return len(page.portal.call(asyncio.all_tasks))


def test_an_installation_without_a_server_is_told(checkout: Path) -> None:
    without = "import sys; sys.modules['uvicorn'] = None; " + COMMAND
    done = subprocess.run(
        [sys.executable, "-c", without, "page", "q01"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "The page needs uvicorn, which `pip install -e .` installs.\n"
