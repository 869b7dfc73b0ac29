"""`dojo watch`: a save is judged at once, and no save is ever lost.

A save during a run ends the run and starts another. The stub that was saved comes first, and in it
the test that failed; then the rest of the kata.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.learner.hint import hint
from dojo.learner.listing import listing
from dojo.learner.names import LearnerError
from dojo.learner.reset import carry_out, changes
from dojo.learner.solution import solution
from dojo.report.verdict import Verdict
from dojo.runner.messages import Request, Result
from dojo.warm.address import Home
from dojo.watch.changes import Changes
from dojo.watch.judging import Judging, Warmth
from dojo.watch.screen import Plain, Screen
from dojo.watch.state import Key, State
from dojo.watch.terminal import Terminal

if TYPE_CHECKING:
    from dojo.watch.page.server import Page

END = ("\x03", "\x04")  # Ctrl-C and Ctrl-D, where they are keys
LOST_TRIES = 2  # times in a row that a warm process may be gone before we give up

# Plugins of pytest that say nothing here, and take time to start.
SPARED = ("doctest", "junitxml", "legacypath", "pastebin", "stepwise", "randomly")


class Watch:
    """Every save, its verdict, and what the learner's keys ask for.

    Args:
        root: the checkout.
        stubs: what is watched.
        plain: nothing may be drawn over.
        poll: whether files are looked at again and again; None where the system does not tell.
        page: the class of the page, if there is to be one.
    """

    def __init__(
        self,
        root: Path,
        stubs: list[tuple[Kata, Stub]],
        plain: bool,
        poll: bool | None = None,
        page: type[Page] | None = None,
    ):
        self.root = root
        self.state = State(Catalogue(root), stubs)
        console = Console(highlight=False, soft_wrap=True)
        plain = plain or not console.is_terminal or console.is_dumb_terminal
        self.screen: Screen | Plain = Plain(console) if plain else Screen(console)
        self.terminal = Terminal(keys=not plain or console.is_terminal)
        folders = {kata.folder for kata, _ in stubs}
        self.changes = Changes(folders, lambda files: self.terminal.put(("changed", files)), poll)
        self.page = page(self.state, self.terminal.put) if page else None
        self.warmth = Warmth(Home.of(root))
        self.waiting: list[Key] = []  # what is still to be judged
        self.texts: dict[Key, bytes | None] = {}  # the stubs as they were judged last
        self.judging: Judging | None = None
        self.at: Key | None = None  # what is being judged
        self.number = 0  # of the run
        self.lost = 0
        self.asked = False  # whether the next y resets the stub
        self.keys: dict[str, Callable[[], None]] = {
            "h": self.hint,
            "n": lambda: self.turn(1),
            "p": lambda: self.turn(-1),
            "f": lambda: self.screen.show(self.state.output() or "Nothing has run yet."),
            "l": self.list,
            "r": self.readme,
            "s": self.solution,
            "x": self.ask_to_reset,
            "e": self.edit,
            "a": self.everything,
        }

    def run(self) -> int:
        """Until q or Ctrl-C; the exit status."""
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):
                signal.signal(number, lambda *_: sys.exit(0))
        way = "by looking at the files again and again" if self.changes.polls else "by the system"
        self.changes.start()
        try:
            with contextlib.suppress(KeyboardInterrupt), self.page_served(), self.terminal.taken():
                if self.page:
                    self.state.page = self.page.address
                    self.screen.say(self.state, f"The page is at {self.page.address}")
                self.screen.say(
                    self.state, f"Saves are noticed {way}. TensorFlow is imported first."
                )
                self.everything()
                while not self.ends(event := self.event()):
                    self.handle(event)
            return 0
        except OSError:  # nobody can see us any more: the terminal was closed
            return 0
        finally:
            self.give_up()
            self.changes.stop()
            self.warmth.end()

    def page_served(self) -> contextlib.AbstractContextManager[None]:
        return self.page.served(self.state) if self.page else contextlib.nullcontext()

    def event(self) -> Any:
        """The next one; until it comes, the page shows what is known."""
        if self.page:
            self.page.show(self.state)
        return self.terminal.get()

    def ends(self, event: Any) -> bool:
        """q ends the watch; within a long text it leads back to the screen."""
        return event in END or (event == "q" and not self.screen.reading)

    def handle(self, event: Any) -> None:
        match event:
            case "resized":
                self.screen.draw(self.state)
            case str() if self.screen.reading:
                if event == "q" or not self.screen.turn():
                    self.screen.draw(self.state)
            case str(key):
                self.state.hint = self.state.message = ""
                if self.asked and key == "y":
                    self.reset(*self.stub())
                    return
                self.asked = False
                if action := self.keys.get(key):
                    action()
                else:
                    self.screen.draw(self.state)
            case ("changed", files):
                self.changed(files)
            case ("reset", kata, stub):
                self.reset(kata, stub)
            case (int(number), outcome) if number == self.number:
                self.hear(outcome)

    def changed(self, files: set[Path]) -> None:
        """Judge the stubs whose text, or whose test, is not what it was."""
        saved = []
        for kata, stub in self.state.stubs:
            key = (kata.id, stub.id)
            own = kata.folder / f"{stub.id}.py"
            test = kata.test_file(stub) in files
            if test or (own in files and text_of(own) != self.texts.get(key, b"")):
                saved.append(key)
        helpers = files - {
            f for k, s in self.state.stubs for f in (k.folder / f"{s.id}.py", k.test_file(s))
        }
        if not saved and not any(file.exists() for file in helpers):
            return
        names = ", ".join(stub for _, stub in saved) or "a helper module"
        self.begin(saved, f"{names} saved: checking")

    def everything(self) -> None:
        self.begin([], "checking")

    def begin(self, saved: list[Key], why: str) -> None:
        """Judge these stubs, then all others; what was being judged is given up."""
        self.give_up()
        self.state.hint, self.state.at = "", 0
        if saved:
            self.state.save(saved[0])
        every = [(kata.id, stub.id) for kata, stub in self.state.stubs]
        self.waiting = [*saved, *(key for key in every if key not in saved)]
        self.state.checking = self.waiting[0][1]
        self.screen.say(self.state, why)
        self.state.message = ""  # while it goes on, the state says so
        self.next()

    def next(self) -> None:
        """Judge the next stub."""
        self.judging = self.at = None
        self.state.checking = ""
        while self.waiting and not self.judging:
            self.judge(self.waiting.pop(0))

    def judge(self, key: Key) -> None:
        kata, stub = key
        self.texts[key] = text_of(self.root / "katas" / kata / f"{stub}.py")
        if self.texts[key] is None:
            self.screen.say(self.state, f"{stub}.py is not there: save it, and it is judged.")
            return
        self.at, self.state.checking = key, stub
        self.number += 1
        number = self.number  # of this run, whatever comes later
        self.judging = Judging(
            self.warmth,
            self.request(key),
            lambda outcome: self.terminal.put((number, outcome)),
        )

    def request(self, key: Key) -> Request:
        """The failing test first, then all tests of the stub; pytest runs none twice."""
        file = f"katas/{key[0]}/test_{key[1]}.py"
        failing = self.state.first_failing(key)
        first = [f"{file}::{failing}"] if failing else []
        return Request([*first, file, *(f"-pno:{plugin}" for plugin in SPARED)], str(self.root))

    def hear(self, outcome: Any) -> None:
        """An event of the run, or its end."""
        if isinstance(outcome, Result):
            self.lost = 0
            assert self.at
            self.state.outputs[self.at] = outcome.output
            self.state.finish(self.at, outcome.verdicts)
            self.next()
        elif isinstance(outcome, dict):
            self.state.take(Verdict.from_dict(each) for each in outcome.get("verdicts", ()))
        else:
            self.lost += 1
            if self.lost > LOST_TRIES:
                self.state.checking, self.waiting = "", []
                self.screen.say(self.state, f"Not judged: {outcome} Save again to try again.")
                self.lost = 0
                return
            assert self.at
            self.waiting.insert(0, self.at)
            self.next()
        if not self.screen.reading:
            self.screen.draw(self.state)

    def give_up(self) -> None:
        self.number += 1  # what the old run still says is not heard
        if self.judging:
            self.judging.give_up()
            self.judging = None

    def turn(self, step: int) -> None:
        self.state.at += step
        self.screen.draw(self.state)

    def hint(self) -> None:
        kata, stub = self.stub()
        shown = self.state.shown()
        test = shown[1].function if shown else ""
        try:
            name = f"{kata.id}/{stub.id}"
            self.state.hint = "\n".join(hint(self.state.catalogue, name, test=test))
        except LearnerError as error:
            self.state.hint = str(error)
        if isinstance(self.screen, Plain):
            self.screen.show(self.state.hint)
        self.screen.draw(self.state)

    def stub(self) -> tuple[Kata, Stub]:
        """The stub of the test that is shown; else the first."""
        shown = self.state.shown()
        if shown:
            return self.state.catalogue.kata(shown[0].kata), shown[0].stub
        return self.state.stubs[0]

    def list(self) -> None:
        self.screen.show("\n".join(listing(self.state.catalogue, first=self.stub()[0])))

    def solution(self) -> None:
        """Of the stub that is shown or was saved last: the first of the two whose idea is done."""
        shown, first = self.state.shown(), self.stub()
        keys = [shown[0].key if shown else None, self.state.focus]
        solved = [key for key in keys if key and self.state.is_solved(key)]
        kata, stub = solved[0] if solved else (first[0].id, first[1].id)
        try:
            text = "\n".join(solution(self.state.catalogue, f"{kata}/{stub}", peek=False))
        except LearnerError as error:
            text = str(error)
        self.screen.show(text)

    def ask_to_reset(self) -> None:
        self.asked = True
        self.screen.say(self.state, f"y resets {self.stub()[1].id}; your text is kept beside it.")

    def reset(self, kata: Kata, stub: Stub) -> None:
        """The file changes, and is judged at once: where the old text is stays to be read."""
        self.asked = False
        name = f"{kata.id}/{stub.id}"
        try:
            done = " ".join(carry_out(changes(self.state.catalogue, name, undo=False)))
            done += f" `dojo reset {name} --undo` brings it back."
            self.begin([(kata.id, stub.id)], f"{stub.id} reset: checking")
        except LearnerError as error:
            done = str(error)
        self.screen.say(self.state, done)

    def readme(self) -> None:
        file = self.stub()[0].folder / "README.md"
        self.screen.read(file.read_text(encoding="utf-8"))

    def edit(self) -> None:
        """Open the stub in the learner's editor, which has the terminal meanwhile."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.screen.say(self.state, "Set EDITOR to the editor that e opens.")
            return
        kata, stub = self.stub()
        trouble = self.terminal.lend([*shlex.split(editor), str(kata.folder / f"{stub.id}.py")])
        self.screen.say(self.state, trouble)


def text_of(file: Path) -> bytes | None:
    """What stands in the file; None if it is not there."""
    try:
        return file.read_bytes()
    except OSError:
        return None
