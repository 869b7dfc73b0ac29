"""The model server in small, started as a process of its own with the real one's flags."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from dojo.reaper import Reaper
from lab.network import addresses
from tests.toy import ROOT

COMMAND = [sys.executable, "-m", "lab.serving"]


@dataclass
class Process:
    """A server that listens on these addresses, and what it said at its start."""

    target: str
    url: str
    pid: int
    said: list[str]

    def memory(self) -> int:
        return int(psutil.Process(self.pid).memory_info().rss)


@contextmanager
def process(*flags: str) -> Iterator[Process]:
    """It gets free ports, and has to end well when it is told to."""
    target, rest = addresses(2)
    ports = [f"--port={target.partition(':')[2]}", f"--rest_api_port={rest.partition(':')[2]}"]
    command = [*COMMAND, *ports, *flags]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        reaper = Reaper(started.pid)  # in case that these tests are killed
        try:
            said: list[str] = []
            while not said or not said[-1].startswith("Exporting HTTP"):
                assert started.stdout
                line = started.stdout.readline()
                assert line, f"it has ended: {said}"
                said.append(line.rstrip())
            yield Process(target, f"http://{rest}", started.pid, said)
        finally:
            started.terminate()
            started.wait()
            reaper.kill()
    assert started.returncode == 0
