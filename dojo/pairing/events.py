"""What happened, a line of JSON for each event: a laptop that is closed loses nothing.

The files are not in the checkout: in an interview both may see that one, and the notes are for one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from dojo.pairing.git import PairError
from dojo.warm.address import digest

Event = dict[str, Any]  # "at", in seconds since the epoch; "what"; and what belongs to it
LARGEST = 1 << 24  # bytes


class Log:
    """One file, which several processes may append to."""

    def __init__(self, file: Path):
        self.file, self.read_to = file, 0

    def append(self, what: str, **data: Any) -> None:
        line = json.dumps({"at": round(time.time(), 3), "what": what, **data}) + "\n"
        try:
            with open(self.file, "ab+", opener=private) as file:
                file.write((self.mending(file) + line).encode())
        except OSError as error:
            raise PairError(f"{self.file} cannot be written: {error.strerror}.") from None

    def mending(self, file: BinaryIO) -> str:
        """What has to come first where the last line was cut off."""
        if not file.seek(0, os.SEEK_END):
            return ""
        file.seek(-1, os.SEEK_END)
        return "" if file.read(1) == b"\n" else "\n"

    def news(self) -> Iterator[Event]:
        """The events since the last call; lines that are not whole are left out."""
        try:
            with self.file.open("rb") as file:
                file.seek(self.read_to)
                text = file.read(LARGEST)
        except OSError as error:
            raise PairError(f"{self.file} cannot be read: {error.strerror}.") from None
        whole = text[: text.rfind(b"\n") + 1]
        self.read_to += len(whole)
        for line in whole.splitlines():
            if event := parsed(line):
                yield event


def private(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def parsed(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(event, dict) and isinstance(event.get("at"), float | int)
    return event if whole and isinstance(event.get("what"), str) else None


def folder(root: Path) -> Path:
    """Where the sessions of a checkout are kept, for this user alone; raises PairError."""
    place = base() / "pairs" / digest(str(root.resolve()))[:12]
    try:
        for each in (base(), base() / "pairs", place):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PairError(f"{place} cannot be made: {error.strerror}.") from None
    return place


def base() -> Path:
    if own := os.environ.get("TF_KATAS_HOME"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "tf-katas"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "tf-katas"
