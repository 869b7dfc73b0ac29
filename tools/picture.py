"""Draw docs/run.svg, the first picture in the README, from a real run: `nox -s picture`.

A copy of the checkout gets a few answers as a learner might have them; the picture shows what
`pytest katas/q09/…` then prints. A test compares the two, so that the picture cannot grow old.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tools.workcopy import ROOT, workcopy

PICTURE = ROOT / "docs" / "run.svg"
WIDTH = 92
COMMAND = "pytest katas/q09/test_tensor_or_variable.py katas/q09/test_running_total.py"
ANSWERS = {
    "tensor_or_variable": "solutions/q09/tensor_or_variable.py",
    "running_total": "tests/graders/q09/running_total/rejects/unknown_to_keras.py",
}
# What would change the looks of a run on this machine alone.
OWN_TASTE = ("CI", "BUILD_NUMBER", "NO_COLOR", "FORCE_COLOR", "PYTEST_ADDOPTS", "PYTEST_PLUGINS")


def screen() -> Text:
    """The command and what it prints, in colours."""
    with half_solved() as folder:
        env = {**plain_environment(), "PYTHONPATH": str(folder)}
        env |= {"PY_COLORS": "1", "COLUMNS": str(WIDTH)}
        command = [sys.executable, "-m", *COMMAND.split(), "-p", "no:randomly"]
        run = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, check=False
        )
    return Text.from_ansi(f"\x1b[1m$ {COMMAND}\x1b[0m\n\n{run.stdout.strip()}")


@contextmanager
def half_solved() -> Iterator[Path]:
    """A copy of the checkout with the answers of somebody who is at the second stub."""
    with workcopy() as folder:
        for stub, answer in ANSWERS.items():
            shutil.copyfile(ROOT / answer, folder / f"katas/q09/{stub}.py")
        yield folder


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OWN_TASTE}


def drawn(text: Text, title: str) -> str:
    """The text as an SVG picture of a terminal, with fonts of the reader's own machine."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(text)
    svg = console.export_svg(title=title)
    return re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)


def read(svg: str) -> str:
    """The text that such a picture shows: its pieces in the lines and columns where they stand."""
    lines: dict[int, str] = {}
    for piece in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        number = re.search(r"-line-(\d+)\)", piece.get("clip-path", ""))
        if number and piece.text:  # the title of the window is in no line
            width = float(piece.get("textLength", 0)) / len(piece.text)
            column = round(float(piece.get("x", 0)) / width)
            before = lines.get(int(number[1]), "")
            lines[int(number[1])] = before.ljust(column) + piece.text.replace("\xa0", " ")
    return "\n".join(lines.get(number, "").rstrip() for number in range(max(lines) + 1))


def timeless(text: str) -> str:
    """Without the seconds that a run took."""
    return re.sub(r"\d+\.\d+ ?s\b", "… s", text)


def main() -> None:
    PICTURE.write_text(drawn(screen(), "pytest katas/q09"), encoding="utf-8")


if __name__ == "__main__":
    main()
