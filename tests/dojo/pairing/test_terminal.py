"""`dojo pair` in a real terminal: the clock, the modes, and a laptop that is closed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pexpect
import pytest

from dojo.catalogue import Catalogue
from dojo.pairing.loop import PairWatch
from dojo.pairing.start import Opening
from dojo.pairing.summary import story_of
from dojo.pairing.table import Table
from tests.dojo.pairing.machines import BRANCH, COMMAND, README, RIGHT, WITH, Machine
from tests.processes import MARK, left
from tests.toy import HALF_DONE

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and signals of Unix"),
]


Start = Callable[..., pexpect.spawn]


@pytest.fixture
def start(mark: str) -> Iterator[Start]:
    begun = []

    def begin(machine: Machine, *args: str) -> pexpect.spawn:
        watch = pexpect.spawn(
            sys.executable,
            ["-c", COMMAND, "pair", *args],
            cwd=str(machine.root),
            env={**elsewhere(os.environ), **machine.env, "TERM": "xterm-256color", MARK: mark},
            dimensions=(40, 80),
            encoding="utf-8",
            timeout=60,
        )
        watch.delaybeforesend = None
        begun.append(watch)
        return watch

    yield begin
    for watch in begun:
        with contextlib.suppress(OSError):  # it is closed
            watch.close(force=True)


def elsewhere(env: Mapping[str, str]) -> dict[str, str]:
    """Without the size of another terminal."""
    return {name: value for name, value in env.items() if name not in ("LINES", "COLUMNS")}


def judged(watch: pexpect.spawn) -> pexpect.spawn:
    watch.expect("0 of 2 passed")
    watch.expect("Next ")
    return watch


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_screen_of_two(ada: Machine, start: Start, mark: str) -> None:
    watch = judged(start(ada, "q01", *WITH, "--minutes", "3"))
    watch.expect(r"2:\d\d left +Ada, then Grace")
    watch.send("l")
    watch.expect("Press a key to go back")
    watch.send(" ")
    ada.write(HALF_DONE)
    watch.expect("1 of 2 passed")
    watch.send(">")
    watch.expect(r"3:00 left +Grace, then Ada")
    watch.expect(f"{BRANCH} is at ")
    assert ada.tip() == HALF_DONE
    ada.dojo("next")  # in another terminal
    watch.expect("Ada drives, Grace navigates.")
    watch.send("q")
    watch.expect("It stays open: `dojo pair` goes on")
    watch.expect(pexpect.EOF)
    assert left(mark) == []
    again = start(ada)
    again.expect("It goes on|1 of 2 passed")
    assert ada.session.watched == "q01", "what it began with, and goes on with"
    ada.dojo("done")  # in another terminal
    again.expect("The session was ended elsewhere, with its summary.")
    again.expect("`dojo pair done` has ended it")
    again.expect(pexpect.EOF)
    assert "It stays open" not in again.before
    assert "| double: A number is doubled. |" in ada.summary
    assert "They changed places 2 times." in ada.summary


@pytest.mark.parametrize("plain", [True, False], ids=["--plain", "a screen"])
def test_the_end_of_a_turn_is_told(plain: bool, ada: Machine, start: Start) -> None:
    watch = start(ada, "q01", *WITH, "--minutes", "0.02", *(["--plain"] if plain else []))
    if not plain:
        watch.expect("\a")
    watch.expect("The time is over: > hands over to Grace.")
    if not plain:
        watch.expect("the time is over +Ada, then Grace")
    watch.send(">")
    watch.expect("Grace drives, Ada navigates.")


def test_ping_pong(ada: Machine, start: Start) -> None:
    watch = judged(start(ada, "q01", *WITH, "--mode", "pingpong"))
    watch.expect("c choose this test")
    watch.send("c")
    watch.expect("Ada makes it pass: A number is doubled.")
    watch.expect(f"{BRANCH} is at ")
    ada.write(HALF_DONE)
    watch.expect("Ada picks the next failing test with c, Grace makes it pass.")
    watch.expect(f"{BRANCH} is at ")
    assert ada.tip() == HALF_DONE
    watch.send("c")
    watch.expect("Grace makes it pass: A negative number is doubled too.")
    ada.write(RIGHT)
    watch.expect("Grace picks the next failing test with c, Ada makes it pass.")
    watch.send("q")
    watch.expect(pexpect.EOF)
    ada.dojo("done")
    assert "| double: A number is doubled. | 0:0" in ada.summary
    drivers = [line.split(" | ")[2] for line in ada.summary.splitlines() if "doubled" in line]
    assert drivers == ["Ada", "Grace"]


def test_ping_pong_on_two_machines(ada: Machine, grace: Machine, start: Start) -> None:
    here = judged(start(ada, "q01", *WITH, "--mode", "pingpong"))
    there = judged(start(grace, "q01"))
    there.send("c")
    there.expect("Ada makes it pass: A number is doubled.")
    there.expect(f"{BRANCH} is at ")
    here.send("<")
    here.expect("Ada makes it pass: A number is doubled.")
    ada.write(HALF_DONE)
    here.expect("Ada picks the next failing test with c, Grace makes it pass.")
    here.expect(f"{BRANCH} is at ")
    there.send("<")
    there.expect("Ada picks the next failing test with c, Grace makes it pass.")
    there.expect("1 of 2 passed")
    assert grace.stub.read_text() == HALF_DONE
    test = "double", "test_doubles"
    until(lambda: test in story_of(grace.session.events).green)  # written once it is shown
    _, driver = story_of(grace.session.events).green[test]
    assert driver == "Ada", "who typed it, though Grace drives when it comes"


def test_a_conflict_stays_on_the_screen(ada: Machine, grace: Machine, start: Start) -> None:
    """Until somebody has chosen: the verdict on the marked file does not take its place."""
    watch = judged(start(ada, "q01", *WITH))
    grace.dojo("start", "q01")
    grace.write("# Grace's\n")
    ada.write("# Ada's\n")
    grace.dojo("next")
    watch.send("<")
    watch.expect("SyntaxError")
    watch.expect("q quit")
    watch.send("l")
    watch.expect("Press a key")
    watch.send(" ")
    watch.expect("You both changed the same lines of double.py")
    ada.write(RIGHT)
    watch.expect("Everything that ran has passed")
    watch.send("l")
    watch.expect("Press a key")
    watch.send(" ")
    watch.expect("q quit")
    assert "You both changed" not in watch.before
    watch.send("<")
    watch.expect(f"{BRANCH} is at ")
    assert "You both changed" not in watch.before


def test_an_interview(ada: Machine, start: Start) -> None:
    watch = judged(start(ada, "q01", *WITH, "--mode", "interview"))
    watch.expect(r"4\d:\d\d left +Ada with Grace")
    watch.send("w")
    watch.expect("Note: ")
    watch.sendline("Quotes the | docs; q is no command here")
    watch.expect("Noted.")
    watch.expect("w write a note")
    watch.send("?")
    watch.expect("What about text?")
    watch.send("s")  # goes back, and does nothing else
    watch.expect("w write a note")
    watch.send("s")
    watch.expect("No solution is shown in an interview.")
    watch.send("r")
    watch.expect("The rest.")
    assert not [words for words in ("Follow-up", "A spoiler") if words in watch.before]
    watch.send(" ")
    watch.expect("w write a note")
    watch.send("h")
    watch.expect("Hint 1 of 2 for q01/double")
    ada.write(RIGHT)
    watch.expect("Everything that ran has passed")
    watch.send(">")
    watch.expect(f"{BRANCH} is at ")
    watch.send("q")
    watch.expect(pexpect.EOF)
    ada.dojo("done")
    text = ada.summary
    assert "Quotes the \\| docs; q is no command here (double 0 of 2 passed)" in text
    assert "asked: What about text?" in text
    assert "hint 1 for double" in text
    assert "changed places" not in text
    assert "Quotes" not in ada.git("log", "--all", "-p")


def test_a_page_shows_neither_notes_nor_questions(
    ada: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that a page can show is in the state."""
    ada.dojo("start", "q01", *WITH, "--mode", "interview")
    monkeypatch.setenv("TF_KATAS_HOME", ada.env["TF_KATAS_HOME"])
    catalogue = Catalogue(ada.root)
    kata = catalogue.kata("q01")
    table = Table.of(catalogue, ada.session)
    watch = PairWatch(Opening(table, []), [(kata, stub) for stub in kata.stubs], plain=False)
    monkeypatch.setattr(watch.terminal, "ask", lambda question: "A secret note")
    before = repr(watch.state)
    watch.note()
    watch.question()
    assert repr(watch.state) == before
    assert [e["text"] for e in ada.session.events if "text" in e] == [
        "A secret note",
        "What about text?",
    ]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL, signal.SIGTERM])
def test_a_closed_laptop(number: int, ada: Machine, start: Start, mark: str) -> None:
    watch = judged(start(ada, "q01", *WITH))
    ada.write(HALF_DONE)
    watch.expect("1 of 2 passed")
    watch.send(">")
    watch.expect("Grace drives, Ada navigates.")
    ada.write(HALF_DONE + "# in mid turn\n")
    watch.kill(number)
    assert left(mark) == []
    assert ada.stub.read_text() == HALF_DONE + "# in mid turn\n"
    again = start(ada)
    again.expect("Grace, then Ada")
    again.expect("1 of 2 passed")
    assert ada.tip() == HALF_DONE + "# in mid turn\n"
    again.send("q")
    again.expect(pexpect.EOF)
    ada.dojo("done")
    events = [json.loads(line) for line in log_of(ada).read_text().splitlines()]
    assert [e["what"] for e in events if e["what"] in ("begin", "back", "end")] == [
        *("begin", "back", "end")
    ]


def log_of(machine: Machine) -> Path:
    (file,) = Path(machine.env["TF_KATAS_HOME"]).glob("pairs/*/*.jsonl")
    return file


def test_killed_while_it_hands_over(ada: Machine, grace: Machine, start: Start, hub: Path) -> None:
    """A push that never ends: what was typed is committed before it begins."""
    ada.dojo("start", "q01", *WITH)
    hook = hub / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nsleep 30\n")
    hook.chmod(0o755)
    ada.write(RIGHT)
    watch = start(ada)
    until(lambda: ada.tip() == RIGHT)
    watch.kill(signal.SIGKILL)
    hook.unlink()
    ada.dojo("start")
    grace.dojo("start", "q01")
    assert grace.stub.read_text() == RIGHT


def test_an_interview_beside_a_page(start: Start, ada: Machine) -> None:
    """The page has who drives and the clock, and neither notes nor questions."""
    (ada.root / "katas/q01/README.md").write_text(README)
    watch = start(ada, "q01", *WITH, "--mode", "interview", "--page")
    watch.expect(r"(http://127\.0\.0\.1:\d+/\S+)")
    address = watch.match[1]
    watch.expect("of 2 passed")
    watch.send("w")
    watch.expect("Note: ")
    watch.sendline("hesitates at the sign")
    watch.expect("w write a note")
    watch.send("?")
    watch.expect("What about text")
    with urllib.request.urlopen(f"{address}events", timeout=30) as news:
        told = next(line for line in map(bytes.decode, news) if line.startswith("data:"))
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    assert '"driver": "Ada"' in told
    assert not [word for word in ("hesitates", "What about text") if word in told + page]
    watch.send("q")  # leaves the question
    watch.expect("w write a note")
    watch.send("q")
    watch.expect(pexpect.EOF)
