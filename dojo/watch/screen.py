"""What the watch shows: one screen that is drawn anew, or a line for each event."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from dojo.report.board import NARROWEST, WIDEST
from dojo.watch.state import State

KEYS = (
    "h hint   n next   p previous   f full output   r README   e edit   l list   "
    "s solution   x reset   a run all   q quit"
)
LOW = 20  # lines of a terminal that has no room for everything
Line = tuple[str, str]  # a text, and its style


class Screen:
    """Draws on a terminal that can be cleared."""

    def __init__(self, console: Console):
        self.console = console

    def draw(self, state: State) -> None:
        width = max(20, min(WIDEST, self.console.width - 1))
        self.console.clear()
        for text, style in lines(state, width, self.console.height - 1):
            self.console.print(Text(text, style), soft_wrap=True)

    def say(self, state: State, text: str) -> None:
        """Something has happened."""
        state.message = text
        self.draw(state)

    def show(self, text: str) -> None:
        """A long text; the next key leads back."""
        self.console.clear()
        self.console.print(Text.from_ansi(text), soft_wrap=True)
        self.console.print(Text("\nPress a key to go back.", "bold"))


class Plain:
    """A line for each event, with nothing drawn over: for screen readers, logs and pipes."""

    def __init__(self, console: Console):
        self.console = console
        self.last: list[str] = []

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

    def say(self, state: State, text: str) -> None:
        self.console.print(Text(f"{time.strftime('%H:%M:%S')} {text}"), soft_wrap=True)

    def show(self, text: str) -> None:
        self.console.print(Text.from_ansi(text), soft_wrap=True)


def lines(state: State, width: int, height: int) -> list[Line]:
    """The whole screen: the first failing test, the board, the next step, and the keys."""
    above = [*failure(state, width)]
    below = [("", ""), *board(state)]
    if height >= LOW:
        below += [("", ""), *next_step(state, width)]
    if state.hint:
        below += [("", ""), *wrapped(state.hint, width, "yellow")]
    status = f"checking {state.checking}…" if state.checking else state.message
    below += [("", ""), (status, "cyan"), *wrapped(KEYS, width, "dim")]
    room = max(1, height - len(below))
    if len(above) > room:
        above = [*above[: room - 1], ("  … f shows all of it", "dim")]
    return [*above, *below][:height]


def failure(state: State, width: int) -> Iterator[Line]:
    shown = state.shown()
    if shown is None:
        return
    judged, verdict = shown
    title = verdict.sentence or "It can be imported."
    yield from wrapped(f"{judged.stub.id}: {title}{verdict.parameters}", width, "bold red")
    if verdict.failure:
        yield from ((line, "") for line in verdict.failure.lines(width))


def board(state: State) -> Iterator[Line]:
    judged = {(each.kata, each.stub.id): each for each in state.judged()}
    column = max(len(stub.id) for _, stub in state.stubs) + 2
    for kata, stub in state.stubs:
        found = judged.get((kata.id, stub.id))
        style = "green" if found and found.done else ""
        yield f"  {kata.id}  {stub.id:<{column}}{found.count if found else 'not run yet'}", style


def next_step(state: State, width: int) -> Iterator[Line]:
    shown = state.shown()
    if shown:
        judged, verdict = shown
        yield from wrapped(
            f"Next   {verdict.sentence or 'Make the file importable.'}", width, "bold"
        )
        place = verdict.failure.yours if verdict.failure else ""
        yield f"       in  {place or f'katas/{judged.kata}/{judged.stub.id}.py'}", ""
    elif state.judged():
        yield "Everything that ran has passed.", "bold green"


def wrapped(text: str, width: int, style: str) -> Iterator[Line]:
    yield from ((line, style) for line in textwrap.wrap(text, width))
