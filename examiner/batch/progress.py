"""How far a batch has come: a bar on a terminal, else a line now and then, as for a log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINE_EVERY = 10.0  # seconds


class Lines:
    """Tells of it in lines."""

    def __init__(self, total: int):
        self.total, self.done = total, 0
        self.began = self.told = time.monotonic()

    def advance(self, name: str, word: str) -> None:
        self.done += 1
        now = time.monotonic()
        last = self.done == self.total
        if word == "graded" and not last and now - self.told < LINE_EVERY:
            return
        self.told = now
        left = (now - self.began) / self.done * (self.total - self.done)
        rest = "" if last else f", about {spoken(left)} left"
        print(f"{self.done} of {self.total}{rest}: {name} {word}", flush=True)


class Bar:
    """Tells of it on a terminal."""

    def __init__(self, progress: Progress, total: int):
        self.progress = progress
        self.task = progress.add_task("", total=total)

    def advance(self, name: str, word: str) -> None:
        self.progress.update(self.task, advance=1, description=f"{name} {word}")


@contextmanager
def progress(total: int) -> Iterator[Bar | Lines]:
    console = Console()
    if not console.is_terminal or console.is_dumb_terminal:
        yield Lines(total)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.description}", markup=False), console=console) as bar:
        yield Bar(bar, total)


def spoken(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
