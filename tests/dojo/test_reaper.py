"""What was started ends with the process that started it, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from dojo import reaper
from tests.lab.jobs import LONG
from tests.processes import MARK, marked
from tests.toy import ROOT

pytestmark = [
    pytest.mark.timeout(60),  # a machine with much to do takes long to import TensorFlow
    pytest.mark.skipif(sys.platform == "win32", reason="reads the environment of other processes"),
]
PATIENCE = 10  # seconds
SIGNALS = [signal.SIGTERM, signal.SIGKILL]

WORKERS = """
import sys
from lab import processes
from tests.lab.jobs import sleep_one_further

processes.PRELOADED = []
if sys.argv[1] != "fork":
    processes.way = lambda: sys.argv[1]
processes.start(processes.Job(sleep_one_further)).process.join()
"""

# Two processes that each start a server, forked from one, since it takes long to import TensorFlow.
SERVERS = f"""
import os, sys
from lab.serving.target import ModelServerConfig, StartedServer

for mark in sys.argv[1:]:
    if os.fork() == 0:
        os.environ["{MARK}"] = mark
        print(os.getpid(), flush=True)
        with StartedServer(ModelServerConfig()):
            pass
while True:
    os.wait()
"""


@pytest.fixture
def run() -> Iterator[str]:
    """A name for all that a test starts; whatever is left of it is killed."""
    run = uuid.uuid4().hex
    yield run
    for kind in ("", *SIGNALS):
        for process in marked(f"{run}{kind}"):
            process.kill()


def script(text: str, *arguments: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", text, *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        text=True,
    )


def is_up(run: str, sleeper: str) -> bool:
    """Whether the last in the row is there, and a reaper."""
    commands = [" ".join(process.cmdline()) for process in marked(run)]
    return all(any(part in command for command in commands) for part in (sleeper, "reaper"))


def wait_until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


@pytest.mark.parametrize(
    ("way", "how"),
    [
        *[("fork", how) for how in SIGNALS],
        ("forkserver", signal.SIGKILL),
        ("spawn", signal.SIGKILL),
    ],
)
def test_workers_and_what_they_started_end(way: str, how: signal.Signals, run: str) -> None:
    with script(WORKERS, way, **{MARK: run}) as starter:
        assert wait_until(lambda: is_up(run, f"time.sleep({LONG})"))
        starter.send_signal(how)
    assert wait_until(lambda: not list(marked(run)))


def test_a_server_and_what_it_started_ends(tmp_path: Path, run: str) -> None:
    server = tmp_path / "bin" / "tensorflow_model_server"
    server.parent.mkdir()
    server.write_text(f"#!/bin/sh\nsleep {LONG} &\nwait\n")
    server.chmod(0o755)
    path = f"{server.parent}{os.pathsep}{os.environ['PATH']}"
    marks = {how: f"{run}{how}" for how in SIGNALS}
    with script(SERVERS, *marks.values(), PATH=path, TMPDIR=str(tmp_path), **{MARK: run}) as parent:
        assert parent.stdout
        for how, mark in marks.items():
            starter = psutil.Process(int(parent.stdout.readline()))
            assert wait_until(lambda mark=mark: is_up(mark, f"sleep {LONG}"))
            starter.send_signal(how)
            assert wait_until(lambda mark=mark: not list(marked(mark)))
        parent.kill()


def test_without_groups_the_tree_is_killed(run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where there is no other way."""
    monkeypatch.delattr(os, "killpg")
    with script("from tests.lab.jobs import sleep; sleep()", **{MARK: run}) as root:
        assert wait_until(lambda: len(list(marked(run))) == 2)
        reaper.kill(root.pid)
    assert wait_until(lambda: not list(marked(run)))


def test_what_is_gone_already_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as gone:
        pass
    reaper.kill(gone.pid)
    monkeypatch.delattr(os, "killpg")
    reaper.kill(gone.pid)
