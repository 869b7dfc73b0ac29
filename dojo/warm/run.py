"""What is asked of a warm process, what it asks of a child, and what comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from dojo.verdict import Verdict


@dataclass(frozen=True)
class Request:
    """One pytest run: its arguments, where it runs, and with which environment."""

    args: list[str]
    cwd: str = field(default_factory=os.getcwd)
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass
class Job:
    """One try at a request: what earlier tries have found out is replayed, not run again.

    Attributes:
        output: the file that stdout and stderr go to.
        reports: pytest's serialised reports by test id, in the order they came.
        lost: ids of tests and test files that took an earlier child with them, with the
            verdict word for it: timeout or crashed.
    """

    request: Request
    output: str
    reports: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)

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
