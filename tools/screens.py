"""Draw the screens of `dojo watch` from a real run: `nox -s picture` draws the one in the README.

`python -m tools.screens FOLDER` draws every state, to be looked at.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pexpect
import pyte
from rich.style import Style
from rich.text import Text

from tools.picture import ROOT, drawn, half_solved, plain_environment

PICTURE = ROOT / "docs" / "watch.svg"
WIDTH, HEIGHT = 92, 36
STILL = 1.5  # seconds without a change, until a screen counts as finished
PATIENCE = 120.0
SOLVED = ("running_total", "counter", "gradient_sources", "momentum", "quick_check")
DEFAULT = "default"
HEX = re.compile("[0-9a-f]{6}")


@dataclass
class Watch:
    """A watch in a terminal that remembers what it shows."""

    program: pexpect.spawn
    screen: pyte.Screen
    stream: pyte.ByteStream

    def until(self, words: str) -> None:
        """Read until the words stand on the screen, and nothing moves or is checked any more."""
        until = time.monotonic() + PATIENCE
        changed = time.monotonic()
        while time.monotonic() - changed < STILL or words not in self.words() or self.checks():
            if time.monotonic() > until:
                sys.exit(f"{words!r} never came; the screen says:\n{self.words()}")
            with contextlib.suppress(pexpect.TIMEOUT):
                self.stream.feed(self.program.read_nonblocking(65536, timeout=0.1))
                changed = time.monotonic()

    def at_once(self, words: str) -> Text:
        """The screen as soon as the words stand on it."""
        while words not in self.words():
            self.stream.feed(self.program.read_nonblocking(65536, timeout=PATIENCE))
        return self.text()

    def checks(self) -> bool:
        return "checking " in self.words()

    def words(self) -> str:
        return " ".join(" ".join(self.screen.display).split())

    def press(self, key: str, words: str) -> Text:
        self.program.send(key)
        self.until(words)
        return self.text()

    def text(self) -> Text:
        """What it shows, in colours."""
        lines = [Text.assemble(*self.pieces(row)) for row in range(self.screen.lines)]
        for line in lines:
            line.rstrip()
        text = Text("\n").join(lines)
        text.rstrip()
        return text

    def pieces(self, row: int) -> Iterator[tuple[str, Style]]:
        line = [self.screen.buffer[row][column] for column in range(self.screen.columns)]
        for (colour, bold), chars in groupby(line, key=lambda char: (char.fg, char.bold)):
            yield "".join(char.data for char in chars), Style(color=named(colour), bold=bold)


def named(colour: str) -> str | None:
    """As rich calls what pyte has read."""
    if colour == DEFAULT:
        return None
    return f"#{colour}" if HEX.fullmatch(colour) else colour.replace("brown", "yellow")


@contextlib.contextmanager
def watching(root: Path, *args: str, width: int = WIDTH, height: int = HEIGHT) -> Iterator[Watch]:
    env = {**plain_environment(), "PYTHONPATH": str(root), "TERM": "xterm-256color"}
    program = pexpect.spawn(
        sys.executable,
        ["-m", "dojo", "watch", *args],
        cwd=str(root),
        env={**env, "TF_KATAS_HOME": str(root / "home")},
        dimensions=(height, width),
    )
    screen = pyte.Screen(width, height)
    try:
        yield Watch(program, screen, pyte.ByteStream(screen))
    finally:
        program.close(force=True)


def failing() -> Text:
    """The screen of the README: a stub is done, and in the next one a test fails."""
    with half_solved() as root, watching(root, "q09") as watch:
        watch.until("Next")
        return watch.text()


def states() -> Iterator[tuple[str, Text]]:
    with half_solved() as root:
        with watching(root, "q09") as watch:
            yield "checking", watch.at_once("checking")
            watch.until("Next")
            yield "failing", watch.text()
            yield "hint", watch.press("h", "Hint 1")
            yield "list", watch.press("l", "Press a key")
            watch.press("q", "Next")
            yield "next", watch.press("n", "Next")
            yield "readme", watch.press("r", "Press a key")
            watch.press("q", "Next")
            yield "solution", watch.press("s", "Press a key")
            watch.press("q", "Next")
            yield "reset", watch.press("x", "y resets")
            for stub in SOLVED:
                shutil.copyfile(root / f"solutions/q09/{stub}.py", root / f"katas/q09/{stub}.py")
            watch.until("Everything that ran has passed")
            yield "done", watch.text()
        shutil.copyfile(root / "katas/q09/test_counter.py", root / "katas/q09/counter.py")
        with watching(root, "q09/running_total", width=40, height=20) as watch:
            watch.until("passed")
            yield "narrow", watch.text()


def main() -> None:
    if len(sys.argv) == 1:
        PICTURE.write_text(drawn(failing(), "dojo watch q09"), encoding="utf-8")
    for folder in map(Path, sys.argv[1:]):
        folder.mkdir(exist_ok=True)
        for name, text in states():
            (folder / f"{name}.svg").write_text(drawn(text, f"dojo watch: {name}"), "utf-8")


if __name__ == "__main__":
    main()
