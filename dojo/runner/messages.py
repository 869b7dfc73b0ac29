"""What is asked of a run, what a child is told and tells, and what comes back."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from dojo.report.verdict import Verdict

Event = dict[str, Any]
LONGEST = 1 << 30  # bytes of a message; text where a length should be says more


@dataclass(frozen=True)
class Request:
    """One pytest run: its arguments, where it runs, with which environment and import path."""

    args: list[str]
    cwd: str = field(default_factory=os.getcwd)
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    path: list[str] = field(default_factory=lambda: list(sys.path))


@dataclass(frozen=True)
class Job:
    """What a child does about a request.

    Attributes:
        folder: for what the run prints and for its temporary files; deleted afterwards.
        known: by test, the reports of an earlier child, which are not asked for again.
        lost: by test or test file, the word for how it took its child with it.
        interrupted: whether the run ends at the first test that is not known.
    """

    request: Request
    folder: str
    known: dict[str, list[Event]] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def output(self) -> str:
        """The file that stdout and stderr go to."""
        return os.path.join(self.folder, "output")

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Job:
        return Job(**{**data, "request": Request(**data["request"])})


@dataclass
class Result:
    """What a run gave: pytest's exit status, what it printed, and a verdict per kata test."""

    status: int
    output: str
    verdicts: list[Verdict]
    seconds: float
    peak_mb: float = 0.0

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Result:
        return Result(**{**data, "verdicts": [Verdict.from_dict(v) for v in data["verdicts"]]})


def send(channel: Connection, message: Mapping[str, Any]) -> None:
    """JSON, never pickle: what comes from a learner's process is data, not code."""
    channel.send_bytes(json.dumps(message).encode())


def receive(channel: Connection) -> Event:
    """The next message; raises EOFError or OSError when the other side is gone."""
    message: Event = json.loads(channel.recv_bytes(LONGEST))
    return message
