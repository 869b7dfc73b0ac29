"""Which processes a run has started, and whether they are gone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

MARK = "TF_KATAS_RUN"  # an environment variable that all processes of a run have


def marked(run: str) -> Iterator[psutil.Process]:
    """The processes that were started, by whomever, within a run; their ports live with them."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == run and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def left(run: str) -> list[str]:
    """What is still there of a run when it had time to end."""
    until = time.monotonic() + 10
    while there := [p for p in marked(run) if p.pid != os.getpid()]:
        if time.monotonic() > until:
            return [" ".join(process.cmdline()) for process in there]
        time.sleep(0.05)
    return []


def gone(pid: int, within: float = 10.0) -> bool:
    """Whether the process has ended, zombies included, before `within` seconds are over."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
