"""What is asked of a warm process, what it asks of a child, and what comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from dojo.report.verdict import Verdict


@dataclass(frozen=True)
class Request:
    """One pytest run: its arguments, where it runs, with which environment, on how many cores."""

    args: list[str]
    cwd: str = field(default_factory=os.getcwd)
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    cores: int = 1


@dataclass(frozen=True)
class Job:
    """What a child does about a request.

    Attributes:
        folder: for what the run prints and for its temporary files; deleted afterwards.
        ahead: whether the child only runs tests ahead of the one that reports.
    """

    request: Request
    folder: str
    ahead: bool = False

    @property
    def output(self) -> str:
        """The file that stdout and stderr go to."""
        return os.devnull if self.ahead else os.path.join(self.folder, "output")

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


def receive(channel: Connection) -> dict[str, Any]:
    """The next message; raises EOFError or OSError when the other side is gone."""
    message: dict[str, Any] = json.loads(channel.recv_bytes())
    return message
