"""What the watch shows: one screen that is drawn anew, or a line for each event."""

from __future__ import annotations

import math
import re
import textwrap
import time
from collections.abc import Iterator

from rich.console import Console
from rich.control import Control
from rich.text import Text

from dojo.report.board import NARROWEST, WIDEST
from dojo.watch.state import Roles, State

KEYS = (
    "h hint   n next   p previous   f full output   r README   e edit   l list   "
    "s solution   x reset   a run all   q quit"
)
LOW = 20  # lines of a terminal that has no room for everything
Line = tuple[str, str]  # a text, and its style


class Screen:
    """Draws on a terminal that can be cleared.

    Attributes:
        keys: what they do, in a line.
        drawn: how many lines of the screen are ours; none while a long text is shown.
        pages: what is left of a long text.
        reading: whether a long text is shown.
    """

    def __init__(self, console: Console):
        self.console = console
        self.keys = KEYS
        self.drawn = 0
        self.pages: list[Text] = []
        self.reading = False

    @property
    def width(self) -> int:
        return max(20, min(WIDEST, self.console.width - 1))

    def draw(self, state: State) -> None:
        self.pages, self.reading = [], False
        self.console.clear()
        drawn = lines(state, self.width, self.console.height - 1, self.keys)
        for text, style in drawn:
            self.console.print(Text(text, style), soft_wrap=True)
        self.drawn = len(drawn)

    def tick(self, state: State) -> None:
        """A second has gone: the line with the clock is drawn anew, and nothing else."""
        if state.roles and self.drawn:
            text, style = clock(state.roles, self.width)
            self.console.control(Control.home())
            self.console.print(Text(text.ljust(self.width), style), soft_wrap=True)
            self.console.control(Control.move_to(0, self.drawn))

    def ring(self) -> None:
        self.console.bell()

    def say(self, state: State, text: str) -> None:
        """Something has happened."""
        state.message = text
        self.draw(state)

    def show(self, text: str) -> None:
        """A long text, page by page; the key after the last one leads back."""
        told = Text.from_ansi(text).wrap(self.console, self.width)
        room = max(1, self.console.height - 3)
        self.pages = [Text("\n").join(told[i : i + room]) for i in range(0, len(told), room)]
        self.reading = True
        self.turn()

    def read(self, markdown: str) -> None:
        """The same, as a page of text is set."""
        from rich.markdown import Markdown  # takes its time, and is rarely wanted

        with self.console.capture() as capture:
            page = Markdown(markdown, hyperlinks=False)
            self.console.print(page, width=self.width, soft_wrap=False)
        self.show(capture.get())

    def turn(self) -> bool:
        """Show the next page of a long text; False if there is none."""
        if not self.pages:
            return False
        self.drawn = 0
        self.console.clear()
        self.console.print(self.pages.pop(0), soft_wrap=True)
        end = "Press a key to go on, q to go back." if self.pages else "Press a key to go back."
        self.console.print(Text(f"\n{end}", "bold"))
        return True


class Plain:
    """A line for each event, with nothing drawn over: for screen readers, logs and pipes."""

    def __init__(self, console: Console):
        self.console = console
        self.last: list[str] = []
        self.reading = False  # a long text is said as a whole, and then done

    def draw(self, state: State) -> None:
        """What there is to say when a run is over, if it is not what was said last."""
        if state.checking:
            return
        width = max(NARROWEST, min(WIDEST, self.console.width - 1))
        said = [text for text, _ in (*board(state), *failure(state, width)) if text]
        if said != self.last:
            self.last = said
            for text in said:
                self.console.print(Text(text), soft_wrap=True)

    def tick(self, state: State) -> None:
        """Nothing: the end of the time is an event, and said as one."""

    def ring(self) -> None:
        """Nothing, for the same reason."""

    def say(self, state: State, text: str) -> None:
        state.message = text
        if state.checking:
            self.last = []  # what comes of it is said, also if it is the same as before
        self.console.print(Text(f"{time.strftime('%H:%M:%S')} {text}"), soft_wrap=True)

    def show(self, text: str) -> None:
        self.console.print(Text.from_ansi(text), soft_wrap=True)

    def read(self, markdown: str) -> None:
        self.console.print(Text(markdown), soft_wrap=True)

    def turn(self) -> bool:
        return False


def lines(state: State, width: int, height: int, keys: str = KEYS) -> list[Line]:
    """The whole screen: the first failing test, the board, the next step, and the keys."""
    above = [*roles(state, width), *failure(state, width)]
    below = [("", ""), *board(state)]
    if state.hint:  # in the place of the next step: the failing test stays in view
        below += [("", ""), *hint(state.hint, width)]
    elif height >= LOW:
        below += [("", ""), *next_step(state, width)]
    if state.page:
        below += [("", ""), *wrapped(f"Page   {state.page}", width, "")]
    status = f"checking {state.checking}…" if state.checking else news(state)
    below += [("", ""), *wrapped(status, width, "cyan")]
    ends = list(legend(keys, width))
    room = max(1, height - len(below) - len(ends))
    if len(above) > room:
        above = [*above[: room - 1], ("  … f shows all of it", "dim")]
    return [*[*above, *below][: height - len(ends)], *ends]


def news(state: State) -> str:
    """The message, unless it stands at the top of the screen already."""
    return "" if state.roles and state.message == state.roles.turn else state.message


def roles(state: State, width: int) -> Iterator[Line]:
    if state.roles:
        yield clock(state.roles, width)
        yield from wrapped(state.roles.turn, width, "")
        yield "", ""


def clock(roles: Roles, width: int) -> Line:
    """Whose turn it is, and how long it lasts."""
    left = max(0, math.ceil(roles.ends - time.time()))
    text = f"{left // 60}:{left % 60:02} left" if left else "the time is over"
    names = f"{roles.driver}, then {roles.navigator}"
    if roles.mode == "interview":
        names = f"{roles.driver} with {roles.navigator}"
    return f"{text:<10}   {names}"[:width], "bold green" if left else "bold yellow"


def failure(state: State, width: int) -> Iterator[Line]:
    shown = state.shown()
    if shown is None:
        return
    judged, verdict = shown
    title = verdict.sentence or "It can be imported."
    place = f"{judged.stub.id}: {title}{verdict.parameters}{state.place()}"
    yield from wrapped(place, width, "bold red")
    if verdict.failure:
        yield from ((line, "") for line in verdict.failure.lines(width))


def board(state: State) -> Iterator[Line]:
    judged = {each.key: each for each in state.judged()}
    column = max(len(stub.id) for _, stub in state.stubs) + 2
    for kata, stub in state.stubs:
        found = judged.get((kata.id, stub.id))
        style = "green" if found and found.done else ""
        count = found.count if found else "not run yet"
        if stub.id == state.checking:
            count, style = "checking…", ""
        yield f"  {kata.id}  {stub.id:<{column}}{count}", style


def next_step(state: State, width: int) -> Iterator[Line]:
    shown = state.shown()
    if shown:
        judged, verdict = shown
        yield from wrapped(
            f"Next   {verdict.sentence or 'Make the file importable.'}", width, "bold"
        )
        place = verdict.failure.yours if verdict.failure else ""
        yield f"       in  {place or f'katas/{judged.kata}/{judged.stub.id}.py'}", ""
    elif state.judged() and state.checking:
        yield "Everything that ran so far has passed.", "bold green"
    elif state.judged():
        yield "Everything that ran has passed.", "bold green"
        yield from wrapped(afterwards(state), width, "bold")


def afterwards(state: State) -> str:
    """What is worth doing when a kata is done."""
    kata, _ = state.stubs[0]
    reasons = kata.folder.parents[1] / "solutions" / kata.id / "README.md"
    compare = f"compare with solutions/{kata.id}/README.md, and " if reasons.is_file() else ""
    return f"Next   {compare}talk about the follow-up questions of its README."


def hint(text: str, width: int) -> Iterator[Line]:
    """Its title, and its text, whose lines were broken for another width."""
    title, *rest = text.splitlines()
    yield from wrapped(title, width, "bold yellow")
    for line in textwrap.wrap(" ".join(map(str.strip, rest)), width - 2):
        yield f"  {line}", "yellow"


def legend(keys: str, width: int) -> Iterator[Line]:
    """A key and what it does stay in one line."""
    whole = re.sub(r"(?<! ) (?! )", "\N{NO-BREAK SPACE}", keys)
    for line in textwrap.wrap(whole, width):
        yield line.replace("\N{NO-BREAK SPACE}", " "), "dim"


def wrapped(text: str, width: int, style: str) -> Iterator[Line]:
    yield from ((line, style) for line in textwrap.wrap(text, width))
