"""`dojo page` in a real browser: what is seen, heard and done there, and a watch behind it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from dojo.report.verdict import Verdict
from dojo.watch.page.server import Page
from dojo.watch.state import Roles, State
from tests import toy
from tests.browser import Open
from tests.dojo.paging import EVIL
from tests.dojo.test_watch import COMMAND, RIGHT
from tests.processes import MARK, left

pytestmark = pytest.mark.timeout(120)
ENDED = "The watch has ended."


def test_the_failing_test_in_full_and_nothing_of_it_as_html(page: Page, open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator("#sentence")).to_have_text(f"It is. [{EVIL}]")
    expect(tab.locator(".seen dd")).to_have_text(EVIL)
    expect(tab.locator(".idea code")).to_have_text("x + x")
    expect(tab.locator(".which")).to_have_text("double failing test 1 of 2")
    expect(tab.locator(".count")).to_have_text(["1 of 3 passed", "all passed"])
    tab.locator("summary", has_text="double").click()
    expect(tab.locator(".tests b").first).to_have_text("passed")
    assert tab.title() == "q01 · Doubling"
    assert tab.locator("main script, main img").count() == 0


def test_news_are_shown_and_read_aloud(page: Page, state: State, open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator(".seen")).to_be_visible()
    tab.locator("summary", has_text="double").focus()
    state.checking = "double"
    page.show(state)
    expect(tab.locator("#status")).to_have_text("checking double…")
    for name in [*state.verdicts["q01", "double"]]:
        state.take([Verdict("q01", "double", name, "It is.", 1, word="passed")])
        page.show(state)
    expect(tab.locator("#sentence")).to_have_text("Everything that ran has passed.")
    expect(tab.locator("#said")).to_be_empty()
    state.checking = ""
    page.show(state)
    expect(tab.locator("#said")).to_have_text("double: all passed. Everything that ran has passed.")
    for state.checking in ("double", ""):
        page.show(state)
        tab.wait_for_timeout(100)
    expect(tab.locator("#said")).to_have_text("Judged: no change.")
    assert tab.evaluate("document.activeElement.textContent").startswith("double")  # still


def test_roles_and_the_time(page: Page, state: State, open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator("#roles")).to_be_hidden()
    state.roles = Roles(
        "driver", "Ada <b>", "Ben", time.time() + 90, "Ada writes, Ben thinks ahead."
    )
    page.show(state)
    expect(tab.locator(".driver")).to_have_text("driver Ada <b>")
    expect(tab.locator(".navigator")).to_have_text("navigator Ben")
    expect(tab.locator(".turn")).to_have_text("Ada writes, Ben thinks ahead.")
    expect(tab.locator(".timer")).to_have_text(re.compile(r"1:[12]\d"))
    state.roles.mode, state.roles.ends = "interview", time.time() - 1
    page.show(state)
    expect(tab.locator(".timer")).to_have_text("Time is up.")
    expect(tab.locator(".people")).to_have_text("candidate Ada <b>interviewer Ben")


@pytest.mark.parametrize("width", [380, 1400])
def test_it_fits_the_window(width: int, page: Page, state: State, open_tab: Open) -> None:
    state.roles = Roles("driver", "A" * 60, "B" * 60, time.time() + 90, "A sentence. " * 9)
    state.hint = "Hint 1 of 2\n  " + "x" * 300
    state.message = "katas/" + "long_name/" * 30
    page.show(state)
    tab = open_tab(page.address, width)
    expect(tab.locator("#hint p")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    work, readme = (tab.locator(part).bounding_box() for part in ("main", "#readme"))
    assert work and readme
    beside = readme["x"] >= work["x"] + work["width"]
    assert beside == (width == 1400)


def test_the_large_type(page: Page, open_tab: Open) -> None:
    tab = open_tab(page.address)
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert tab.locator(".seen dd").evaluate(size) >= 22
    assert tab.locator(".count").first.evaluate(size) >= 24
    assert tab.locator("#sentence").evaluate(size) >= 34


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(scheme: Any, page: Page, open_tab: Open) -> None:
    tab = open_tab(page.address, color_scheme=scheme)
    expect(tab.locator(".seen")).to_be_visible()
    assert brightness(tab) > 200 if scheme == "light" else brightness(tab) < 60
    for selector in ("dt", ".seen dd", ".expected dd", ".which", ".count", "#hint", "#readme p"):
        if tab.locator(selector).count():
            assert contrast(tab, selector) >= 4.5, selector
    tab.get_by_role("button", name="Dark").click()
    assert brightness(tab) < 60 if scheme == "light" else brightness(tab) > 200
    tab.reload()
    assert brightness(tab) < 60 if scheme == "light" else brightness(tab) > 200


COLOURS = """node => {
  const colour = element => getComputedStyle(element).backgroundColor;
  let back = node;
  while (/, 0\\)|transparent/.test(colour(back))) back = back.parentElement;
  return [getComputedStyle(node).color, colour(back)];
}"""


def brightness(tab: Tab) -> float:
    """Of what is behind everything, from 0 to 255."""
    return float(sum(rgb(tab.locator("body").evaluate(COLOURS)[1])) / 3)


def rgb(colour: str) -> list[float]:
    return [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]


def contrast(tab: Tab, selector: str) -> float:
    """As WCAG defines it."""
    ink, back = map(luminance, map(rgb, tab.locator(selector).first.evaluate(COLOURS)))
    return (max(ink, back) + 0.05) / (min(ink, back) + 0.05)


def luminance(colour: list[float]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (v / 255 for v in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_by_keyboard(page: Page, asked: list[Any], open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator(".seen")).to_be_visible()
    walked = []
    for _ in range(10):
        tab.keyboard.press("Tab")
        focus = tab.evaluate("document.activeElement.textContent.trim()")
        outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        walked.append(focus.split("\n")[0])
        assert outline == "solid", focus
        if focus in ("Hint", "Next"):
            tab.keyboard.press("Enter")
    assert walked[:2] == ["Skip to the text of the kata", "Dark"]
    assert walked[3:8] == ["Hint", "Previous", "Next", "Run all", "Reset double…"]
    assert asked == ["h", "n"]


def test_what_a_screen_reader_finds(page: Page, open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator(".seen")).to_be_visible()
    for role, name in (
        ("banner", None),
        ("main", None),
        ("complementary", "The kata"),
        ("region", f"It is. [{EVIL}]"),
        ("region", "Board"),
        ("heading", "Doubling"),
    ):
        assert tab.get_by_role(role, name=name).count() == 1, (role, name)  # type: ignore[arg-type]
    assert tab.locator("html").get_attribute("lang") == "en"
    levels = tab.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1


def test_motion_is_reduced_where_it_is_asked_for(page: Page, state: State, open_tab: Open) -> None:
    state.checking = "double"
    page.show(state)
    for motion, name in (("no-preference", "pulse"), ("reduce", "none")):
        tab = open_tab(page.address, reduced_motion=motion)
        expect(tab.locator("#status")).to_have_text("checking double…")
        found = tab.evaluate("getComputedStyle(at('#status'), '::before').animationName")
        assert found == name


def test_a_reset_is_asked_for_twice(page: Page, asked: list[Any], open_tab: Open) -> None:
    tab = open_tab(page.address)
    for answer, heard in (("Keep my text", []), ("Reset", ["reset"])):
        tab.get_by_role("button", name="Reset double…").click()
        expect(tab.get_by_role("dialog")).to_have_accessible_name("Reset double?")
        tab.get_by_role("dialog").get_by_role("button", name=answer, exact=True).click()
        expect(tab.get_by_role("dialog")).to_be_hidden()
        tab.wait_for_timeout(200)
        assert [event[0] for event in asked] == heard
    tab.get_by_role("button", name="Reset double…").click()
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(200)
    assert len(asked) == 1


def test_a_tab_that_slept_shows_the_newest(page: Page, state: State, open_tab: Open) -> None:
    tab = open_tab(page.address)
    expect(tab.locator(".seen")).to_be_visible()
    hide = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    tab.evaluate(hide, True)
    state.message = "missed"
    page.show(state)
    tab.wait_for_timeout(200)
    assert tab.locator("#status").inner_text() != "missed"
    tab.evaluate(hide, False)
    expect(tab.locator("#status")).to_have_text("missed")


def test_other_pages_cannot_do_anything(page: Page, asked: list[Any], browser: Browser) -> None:
    """Not even one that knows the address."""
    with http_server() as elsewhere:
        tab = browser.new_page()
        tab.goto(elsewhere)
        ask = """async address => {
          const answers = [];
          for (const [path, method, mode] of [
            ["events", "GET", "cors"], ["", "GET", "cors"], ["do/hint", "POST", "cors"],
            ["do/hint", "POST", "no-cors"], ["do/reset?stub=double", "POST", "no-cors"],
          ]) {
            try {
              const answer = await fetch(address + path, { method, mode });
              answers.push(answer.type + answer.status);
            } catch (error) {
              answers.push("refused");
            }
          }
          return answers;
        }"""
        assert "basic" not in str(tab.evaluate(ask, page.address))
        tab.evaluate(
            "address => { document.body.innerHTML = `<iframe src=${address}>`; }", page.address
        )
        tab.wait_for_timeout(500)
        assert all("Doubling" not in frame.content() for frame in tab.frames[1:])
        tab.close()
    assert asked == []


@contextlib.contextmanager
def http_server() -> Iterator[str]:
    """A page of another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<title>elsewhere</title>")

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


# With a real watch

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


class Watched:
    """`dojo page`, and the address that it printed."""

    def __init__(self, checkout: Path, env: dict[str, str], *args: str):
        self.process = psutil.Popen(
            [sys.executable, "-u", "-c", COMMAND, *args],
            cwd=checkout,
            env={**os.environ, "TF_KATAS_LIGHT": "1", **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.address = ""
        while not self.address:
            line = self.process.stdout.readline()
            assert line, "it has ended"
            self.address = "".join(re.findall(r"http://127\.0\.0\.1:\d+/[\w-]+/", line))


@pytest.fixture
def watched(checkout: Path, tmp_path: Path, mark: str) -> Iterator[Watched]:
    commit = "git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm a"
    subprocess.run(commit, shell=True, cwd=checkout, check=True)
    found = Watched(checkout, {"TF_KATAS_HOME": str(tmp_path / "home"), MARK: mark}, "page", "q01")
    with found.process:
        yield found
        if found.process.is_running():
            found.process.terminate()


@unix
def test_a_save_is_shown_within_a_second(watched: Watched, checkout: Path, open_tab: Open) -> None:
    tab = open_tab(watched.address)
    count = tab.locator(".count").first
    expect(count).to_have_text("0 of 2 passed", timeout=60_000)
    times = []
    for text, words in ((toy.HALF_DONE, "1 of 2 passed"), (RIGHT, "all passed")) * 2:
        (checkout / "katas/q01/double.py").write_text(text)
        began = time.monotonic()
        expect(count).to_have_text(words, timeout=20_000)
        times.append(time.monotonic() - began)
        rests = re.compile("Waiting for a save.|double is done.")
        expect(tab.locator("#status")).to_have_text(rests, timeout=20_000)
    assert min(times) < 1, times  # other tests may be in the way of some


@unix
def test_hints_and_a_reset_from_the_page(watched: Watched, checkout: Path, open_tab: Open) -> None:
    stub = checkout / "katas/q01/double.py"
    tab = open_tab(watched.address)
    expect(tab.locator(".count").first).to_have_text("0 of 2 passed", timeout=60_000)
    tab.get_by_role("button", name="Hint").click()
    expect(tab.locator("#hint")).to_have_text("Hint 1 of 2 for q01/doubleThink of addition.")
    stub.write_text(toy.HALF_DONE)
    expect(tab.locator(".count").first).to_have_text("1 of 2 passed", timeout=20_000)
    tab.get_by_role("button", name="Reset double…").click()
    tab.get_by_role("dialog").get_by_role("button", name="Reset", exact=True).click()
    expect(tab.locator(".count").first).to_have_text("0 of 2 passed", timeout=20_000)
    expect(tab.locator("#status")).to_contain_text("is replaced; its text is kept in .double.py.")
    assert "NotImplementedError" in stub.read_text()
    (copy,) = stub.parent.glob(".double.py.*.bak")
    assert copy.read_text() == toy.HALF_DONE


@unix
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGINT, ENDED),
        (signal.SIGTERM, ENDED),
        (signal.SIGKILL, "does not answer"),
    ],
)
def test_the_end_is_told(
    number: signal.Signals, words: str, watched: Watched, open_tab: Open, mark: str
) -> None:
    tab = open_tab(watched.address)
    expect(tab.locator(".count").first).to_have_text("0 of 2 passed", timeout=60_000)
    watched.process.send_signal(number)
    began = time.monotonic()
    watched.process.wait(20)
    expect(tab.locator("#connection")).to_contain_text(words)
    assert time.monotonic() - began < 3
    expect(tab.get_by_role("button", name="Hint")).to_be_disabled()
    assert left(mark) == []


@unix
@pytest.mark.parametrize("asked", [True, False], ids=["--open", "without"])
def test_a_browser_is_opened_if_asked(
    asked: bool, checkout: Path, tmp_path: Path, mark: str
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    env = {"TF_KATAS_HOME": str(tmp_path / "home"), MARK: mark, "BROWSER": f"{browser} %s"}
    found = Watched(checkout, env, "page", "q01", *(["--open"] if asked else []))
    with found.process:
        found.process.terminate()
    assert opened.exists() == asked
    assert not asked or opened.read_text().strip() == found.address


def test_a_page_beside_the_terminal(checkout: Path, tmp_path: Path, mark: str) -> None:
    found = Watched(
        checkout, {"TF_KATAS_HOME": str(tmp_path / "home"), MARK: mark}, "watch", "q01", "--page"
    )
    with found.process:
        address = urlsplit(found.address)
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=20)
        connection.request("GET", address.path)
        assert connection.getresponse().status == 200
        found.process.terminate()
        assert found.process.wait(20) == 0
    assert left(mark) == []
