"""Put a generated table into a document, between two marks."""

from __future__ import annotations

import datetime
import os
import platform
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


def machine() -> str:
    """When and on what a table was measured."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"Measured on {datetime.date.today():%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}, no GPU."
    )
