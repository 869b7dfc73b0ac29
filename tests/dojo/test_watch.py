"""`dojo watch` in a real terminal: every save gets its verdict, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import psutil
import pytest

from dojo.catalogue import Catalogue
from dojo.mounts import kind_of_file_system
from dojo.report.verdict import Verdict
from dojo.watch.changes import Changes
from dojo.watch.screen import lines
from dojo.watch.state import State
from tests import toy
from tests.processes import MARK, gone, left
from tests.toy import HALF_DONE, LIGHT_TEST

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and signals of Unix"),
]

RIGHT = "def double(x):\n    return 2 * x\n"
DONE = "Everything that ran has passed"
HALF = "1 of 2 passed"
COMMAND = "from dojo.cli import app; app()"
OTHER_ENTRY = '[[stub]]\nid = "other"\ntitle = ""\nminutes = 1\nhints = ["One."]\n'
OTHER_TEST = '''\
from katas.q01.other import other


def test_other() -> None:
    """The other stub is judged."""
    assert other() == 1
'''
HANGS = """\
import os, pathlib, time

def double(x):
    pathlib.Path("at it.new").write_text(str(os.getpid()))
    pathlib.Path("at it.new").rename("at it")
    time.sleep(100)
"""
WAITS = """\
import pathlib, time

while not pathlib.Path("go on").exists():
    time.sleep(0.01)

"""
TELLS = 'import pathlib\n\npathlib.Path("judged").touch()\n\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The toy kata, with a second stub that is done."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    toy.build(folder, test_double=LIGHT_TEST, kata=toy.KATA + OTHER_ENTRY)
    (folder / "katas/q01/other.py").write_text("def other():\n    return 1\n")
    (folder / "katas/q01/test_other.py").write_text(OTHER_TEST)
    return folder


Start = Callable[..., pexpect.spawn]


@pytest.fixture
def start(checkout: Path, tmp_path: Path, mark: str) -> Iterator[Start]:
    """Start a watch in a terminal of its own."""
    begun = []

    def begin(*args: str, columns: int = 80, **env: str) -> pexpect.spawn:
        found = {**os.environ, "TF_KATAS_HOME": str(tmp_path / "home"), "TF_KATAS_LIGHT": "1"}
        for size in ("LINES", "COLUMNS"):  # of another terminal
            found.pop(size, None)
        found |= {"TERM": "xterm-256color", MARK: mark, **env}
        watch = pexpect.spawn(
            sys.executable,
            ["-c", COMMAND, "watch", *(args or ("q01",))],
            cwd=str(checkout),
            env=found,
            dimensions=(40, columns),
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


@pytest.fixture
def stub(checkout: Path) -> Path:
    return checkout / "katas/q01/double.py"


@pytest.fixture
def watch(start: Start) -> pexpect.spawn:
    """One that has judged everything once."""
    begun = start()
    begun.expect("other +all passed")
    return begun


def quits(watch: pexpect.spawn) -> bool:
    watch.send("q")
    watch.expect(pexpect.EOF)
    watch.close()
    return bool(watch.exitstatus == 0)


def test_a_save_is_judged(watch: pexpect.spawn, stub: Path, mark: str) -> None:
    stub.write_text(HALF_DONE)
    watch.expect("double: A negative number is doubled too.")
    watch.expect(HALF)
    stub.write_text(RIGHT)
    watch.expect(DONE)
    assert quits(watch)
    assert left(mark) == []


def test_fifty_saves_in_a_row_end_with_the_last_one(watch: pexpect.spawn, stub: Path) -> None:
    for number in range(50):
        stub.write_text(HALF_DONE + f"# {number}\n")
        time.sleep(0.02)
    watch.expect(HALF)
    stub.write_text(RIGHT)
    watch.expect(DONE)
    with pytest.raises(pexpect.TIMEOUT):
        watch.expect(HALF, timeout=1.5)


def test_a_save_during_a_run_ends_the_run(watch: pexpect.spawn, stub: Path, checkout: Path) -> None:
    stub.write_text(HANGS)
    until = time.monotonic() + 60
    while not (checkout / "at it").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    hanging = int((checkout / "at it").read_text())
    stub.write_text(RIGHT)
    watch.expect(DONE)
    assert gone(hanging)


def in_place(stub: Path) -> None:
    stub.write_text(RIGHT)


def by_rename(stub: Path) -> None:
    draft = stub.with_name("4913.tmp")
    draft.write_text(RIGHT)
    draft.replace(stub)


def in_two_writes(stub: Path) -> None:
    with stub.open("w") as file:
        file.write(RIGHT[:10])
        file.flush()
        time.sleep(0.01)
        file.write(RIGHT[10:])


def beside_a_swap_file(stub: Path) -> None:
    swap = stub.with_name(f".{stub.name}.swp")
    swap.write_text("swap")
    stub.rename(stub.with_name(f"{stub.name}~"))
    stub.write_text(RIGHT)
    swap.unlink()


def by_removing_it_first(stub: Path) -> None:
    stub.unlink()
    time.sleep(0.5)
    stub.write_text(RIGHT)


WAYS = [in_place, by_rename, in_two_writes, beside_a_swap_file, by_removing_it_first]


@pytest.mark.parametrize("save", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("option", [(), ("--poll",)], ids=["told", "polled"])
def test_editors_save_in_many_ways(
    save: Callable[[Path], None], option: tuple[str, ...], start: Start, stub: Path
) -> None:
    watch = start("q01", *option)
    watch.expect("0 of 2 passed")
    watch.expect("q01  other +all passed")
    save(stub)
    watch.expect(DONE)


def test_a_file_that_is_gone_is_told(watch: pexpect.spawn, stub: Path) -> None:
    text = stub.read_text()
    stub.unlink()
    watch.expect("double.py is not there: save it, and it is judged.")
    stub.write_text(text)
    watch.expect("0 of 2 passed")


def test_ideas_come_before_what_is_beyond(watch: pexpect.spawn, stub: Path) -> None:
    """Also before that of the stub that was saved; and what was reached is told."""
    mark_beyond(stub.with_name("test_double.py"))
    stub.with_name("other.py").write_text("def other():\n    return 2\n")
    watch.expect("double +idea 0 of 1, beyond 0 of 1")
    stub.write_text(HALF_DONE)
    watch.expect("other: The other stub is judged. \\(1 of 2\\)")
    watch.expect("double: its idea is done; the tests that are left are beyond it.")
    stub.with_name("other.py").write_text("def other():\n    return 1\n")
    watch.expect("double: A negative number is doubled too.")
    watch.expect("other is done.")


def test_who_works_at_what_is_beyond_stays_there(watch: pexpect.spawn, stub: Path) -> None:
    """And may see the solution, though another stub's idea is still to do."""
    mark_beyond(stub.with_name("test_double.py"))
    stub.with_name("other.py").write_text("def other():\n    return 2\n")
    stub.write_text(HALF_DONE)
    watch.expect("other: The other stub is judged. \\(1 of 2\\)")
    watch.expect("double: its idea is done")
    watch.send("s")
    watch.expect("return 2 \\* x")
    watch.send("q")
    stub.write_text(f"{HALF_DONE}\n")
    watch.expect("double: A negative number is doubled too. \\(1 of 2\\)")
    stub.write_text(RIGHT)
    watch.expect("double is done.")
    stub.write_text(HALF_DONE)
    watch.expect("double: A negative number is doubled too. \\(1 of 2\\)")


def mark_beyond(test: Path) -> None:
    marked = LIGHT_TEST.replace("def test_keeps", "@pytest.mark.beyond\ndef test_keeps")
    test.write_text(f"import pytest\n\n{marked}")


def test_half_a_line_is_a_failure_and_not_an_end(watch: pexpect.spawn, stub: Path) -> None:
    stub.write_text("def double(x\n")
    watch.expect("SyntaxError: '\\(' was never closed")
    stub.write_text(RIGHT)
    watch.expect(DONE)


def test_two_stubs_saved_at_once(watch: pexpect.spawn, stub: Path) -> None:
    stub.write_text(RIGHT)
    stub.with_name("other.py").write_text("def other():\n    return 2\n")
    watch.expect("other: The other stub is judged.")
    watch.expect("double +all passed")
    stub.with_name("other.py").write_text("def other():\n    return 1 * 1\n")
    watch.expect(DONE)


def test_the_stub_that_was_saved_comes_first(watch: pexpect.spawn, stub: Path) -> None:
    stub.with_name("other.py").write_text("def other():\n    return 3\n")
    watch.expect("checking other…")
    watch.expect("other: The other stub is judged.")
    watch.expect("checking double…")


def test_keys(watch: pexpect.spawn, stub: Path, start: Start) -> None:
    watch.send("n")
    watch.expect("double: A negative number is doubled too.")
    watch.send("p")
    watch.expect("double: A number is doubled.")
    watch.send("h")
    watch.expect("Hint 1 of 2 for q01/double")
    watch.send("h")
    watch.expect("Hint 2 of 2 for q01/double")
    watch.send("f")
    watch.expect("Press a key to go back")
    watch.send("x")
    watch.expect("q quit")
    watch.send("l")
    watch.expect("1 of 2 stubs done.")
    watch.send("s")
    watch.expect("There are no solutions|double")
    watch.send("x")
    watch.expect("y resets double; your text is kept beside it.")
    watch.send("n")
    watch.expect("q quit")
    watch.send("e")
    watch.expect("Set EDITOR to the editor that e opens.")
    watch.send("a")
    watch.expect("checking")
    assert quits(watch)


def test_an_editor_gets_the_terminal(start: Start, stub: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho at your service; read line; printf "%s" "$line" >> "$1"\n')
    editor.chmod(0o755)
    stub.write_text("def double(x):\n    return (")
    watch = start(EDITOR=str(editor))
    watch.expect("SyntaxError")
    watch.expect("q01  other +all passed")
    watch.send("e")
    watch.expect("at your service")
    watch.sendline("2 * x)")
    watch.expect(DONE)
    assert quits(watch)


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {}], ids=["a dumb terminal", "--plain"])
def test_plain_lines(env: dict[str, str], start: Start, stub: Path) -> None:
    watch = start("q01", *([] if env else ["--plain"]), **env)
    watch.expect("Saves are noticed by the system.")
    watch.expect("double: A number is doubled.")
    stub.write_text(RIGHT)
    watch.expect("double saved: checking")
    watch.expect("double +all passed")
    stub.write_text(f"{RIGHT}# the same\n")
    watch.expect("double saved: checking")
    watch.expect("double +all passed")
    watch.send("q")
    watch.expect(pexpect.EOF)
    assert "\x1b" not in watch.before


def test_without_a_terminal_it_goes_on(checkout: Path, tmp_path: Path, mark: str) -> None:
    """As in a log: no keys, and it ends when it is told to."""
    env = {**os.environ, "TF_KATAS_HOME": str(tmp_path / "home"), "TF_KATAS_LIGHT": "1"}
    with psutil.Popen(
        [sys.executable, "-u", "-c", COMMAND, "watch", "q01"],
        cwd=checkout,
        env={**env, MARK: mark},
        stdin=-3,
        stdout=-1,
        text=True,
    ) as watch:
        while "other" not in (line := watch.stdout.readline()):
            assert line
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(20) == 0
    assert left(mark) == []


def test_a_long_text_comes_in_pages(checkout: Path, start: Start) -> None:
    """And q leads back from it, where it otherwise ends the watch."""
    lines = "".join(f"Line {number} of many.\n\n" for number in range(60))
    (checkout / "katas/q01/README.md").write_text(f"# Doubling\n\n{lines}")
    watch = start()
    watch.expect("0 of 2 passed")
    watch.send("r")
    watch.expect("Press a key to go on")
    assert "Line 59" not in watch.before
    for page in ("Line 30 .* go on", "Line 50 .* go on", "Line 59 .* go back", "0 of 2 passed"):
        watch.send(" ")
        watch.expect(page)
    watch.send("r")
    watch.expect("Line 0 of many")
    watch.send("q")
    watch.expect("0 of 2 passed")
    watch.send("q")
    watch.expect(pexpect.EOF)


def test_a_text_is_read_in_peace(checkout: Path, stub: Path, start: Start) -> None:
    """What a run says meanwhile is not drawn over it."""
    (checkout / "katas/q01/README.md").write_text("Line by line.\n\n" * 60)
    stub.write_text(WAITS + RIGHT)
    (checkout / "katas/q01/other.py").write_text(TELLS + "def other():\n    return 1\n")
    watch = start()
    watch.expect("checking double")
    watch.send("r")
    watch.expect("Press a key to go on")
    (checkout / "go on").touch()
    while not (checkout / "judged").exists():
        time.sleep(0.01)
    watch.send(" ")
    assert watch.expect(["Press a key to go", "2 of 2 passed"]) == 0
    watch.send("q")
    watch.expect(DONE)


def test_no_colour(start: Start) -> None:
    watch = start(NO_COLOR="1")
    watch.expect("0 of 2 passed")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", watch.before)


def ctrl_c(watch: pexpect.spawn) -> None:
    watch.sendintr()


def hang_up(watch: pexpect.spawn) -> None:
    watch.kill(signal.SIGHUP)


def terminate(watch: pexpect.spawn) -> None:
    watch.kill(signal.SIGTERM)


def kill(watch: pexpect.spawn) -> None:
    watch.kill(signal.SIGKILL)


def close(watch: pexpect.spawn) -> None:
    os.close(watch.child_fd)


def test_nothing_is_left_of_the_imports(start: Start, mark: str) -> None:
    watch = start(TF_KATAS_LIGHT="")
    watch.expect("checking double")
    watch.sendintr()
    watch.expect(pexpect.EOF)
    watch.close()
    assert watch.exitstatus == 0
    assert left(mark) == []


@pytest.mark.parametrize("way", [ctrl_c, hang_up, terminate, kill, close], ids=lambda w: w.__name__)
@pytest.mark.parametrize("busy", [False, True], ids=["at rest", "in a run"])
def test_nothing_is_left(
    way: Callable[[pexpect.spawn], None],
    busy: bool,
    watch: pexpect.spawn,
    stub: Path,
    checkout: Path,
    mark: str,
) -> None:
    if busy:
        stub.write_text(HANGS)
        while not (checkout / "at it").exists():
            time.sleep(0.02)
    way(watch)
    assert left(mark) == []


def test_it_can_be_stopped_and_go_on(watch: pexpect.spawn, stub: Path) -> None:
    watch.send("\x1a")  # Ctrl-Z
    until = time.monotonic() + 10
    while psutil.Process(watch.pid).status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < until
        time.sleep(0.02)
    stub.write_text(RIGHT)
    watch.kill(signal.SIGCONT)
    watch.expect(DONE)
    assert quits(watch)


def test_a_warm_process_that_is_killed_is_replaced(
    watch: pexpect.spawn, stub: Path, mark: str
) -> None:
    (server,) = psutil.Process(watch.pid).children()
    server.kill()
    stub.write_text(RIGHT)
    watch.expect(DONE)
    assert quits(watch)
    assert left(mark) == []


@pytest.mark.parametrize(
    ("what", "words"),
    [("q77", "There is no kata q77."), ("q01/nothing", "There is no stub nothing in q01.")],
)
def test_what_is_not_there_is_told(what: str, words: str, start: Start) -> None:
    watch = start(what)
    watch.expect(words)
    watch.expect(pexpect.EOF)
    watch.close()
    assert watch.exitstatus == 1


def test_one_screen_fits_any_terminal(checkout: Path) -> None:
    catalogue = Catalogue(checkout)
    kata = catalogue.kata("q01")
    state = State(catalogue, [(kata, stub) for stub in kata.stubs])
    state.take(
        [Verdict("q01", "double", "test_x", "A sentence of many words. " * 9, 3, word="failed")]
    )
    for width, height in ((40, 12), (80, 24), (200, 60)):
        drawn = [text for text, _ in lines(state, width, height)]
        assert len(drawn) <= height
        assert max(map(len, drawn)) <= width


def test_network_folders_are_polled(tmp_path: Path) -> None:
    assert kind_of_file_system(tmp_path)
    assert not Changes([tmp_path], print, poll=False).polls
    assert Changes([tmp_path], print, poll=True).polls


@pytest.mark.parametrize("poll", [False, True], ids=["told", "polled"])
def test_saves_of_one_second_are_all_told(poll: bool, tmp_path: Path) -> None:
    told: queue.Queue[set[Path]] = queue.Queue()
    stub = tmp_path / "stub.py"
    stub.write_text("0")
    changes = Changes([tmp_path], told.put, poll)
    changes.start()
    time.sleep(0.5)
    for text in "1234":
        stub.write_text(text)
        assert told.get(timeout=10) == {stub}
    changes.stop()
