"""Put a generated table into a document, between two marks."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Callable
from pathlib import Path

import psutil


def put(document: Path, mark: str, table: str) -> None:
    """Replace what stands between `<!-- mark -->` and `<!-- end of mark -->`."""
    text = document.read_text(encoding="utf-8")
    before, start, rest = text.partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- end of {mark} -->")
    if not (start and end):
        raise SystemExit(f"{document} has no place marked {mark!r}.")
    document.write_text(f"{before}{start}{table}{end}{after}", encoding="utf-8")


def measure_and_put(
    description: str | None, mark: str, make: Callable[[int], str], rounds: int = 5
) -> None:
    """A command that prints a table, made in so many rounds, and puts it into performance.md."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--rounds", type=int, default=rounds)
    options.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = options.parse_args()
    table = make(chosen.rounds)
    print(table)
    if chosen.write:
        put(Path(__file__).parents[1] / "docs" / "performance.md", mark, table)


def machine() -> str:
    """When and on what a table was measured."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"Measured on {datetime.date.today():%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}, no GPU."
    )
