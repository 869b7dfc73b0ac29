"""Nothing outlives the process that started it, however that ends, but `dojo warm`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dojo.warm import client
from dojo.warm.address import Home
from tests import toy
from tests.processes import MARK, gone, left, marked
from tests.toy import LIGHT_TEST

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix"),
]
SIGNALS = [signal.SIGTERM, signal.SIGKILL]

# A child of the learner's own that nobody waits for, and native code that no signal reaches.
STUB = """\
import os, pathlib, signal, subprocess, time

def double(x):
    sleeper = subprocess.Popen(["sleep", "300"])
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
    pathlib.Path("at it.new").write_text(f"{os.getpid()} {sleeper.pid}")
    pathlib.Path("at it.new").rename("at it")
    time.sleep(300)
"""


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What all processes of this test, and only those, have in their environment."""
    run = uuid.uuid4().hex
    monkeypatch.setenv(MARK, run)
    yield run
    for process in marked(run):
        if process.pid != os.getpid():
            process.kill()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return toy.build(tmp_path, test_double=LIGHT_TEST, katas_double=STUB)


@pytest.fixture
def home(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TF_KATAS_HOME", str(tmp_path / "base"))
    monkeypatch.setenv("TF_KATAS_LIGHT", "1")
    return Home.of(checkout)


def all_gone(checkout: Path) -> bool:
    """Whether the process of the tests has ended, and what the learner's code has started."""
    return all(gone(int(pid)) for pid in (checkout / "at it").read_text().split())


def begin(checkout: Path) -> subprocess.Popen[bytes]:
    """A client whose run is at a test that hangs."""
    command = [sys.executable, "-m", "dojo.warm", "katas/q01"]
    path = os.pathsep.join([str(toy.ROOT), os.environ.get("PYTHONPATH", "")])
    (checkout / "at it").unlink(missing_ok=True)
    client = subprocess.Popen(
        command,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while not (checkout / "at it").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    return client


def answering(server: psutil.Process) -> psutil.Process:
    """The process that follows the run; where nothing is forked, the server does that itself."""
    (process,) = server.children()
    return process


@pytest.mark.parametrize("ended", SIGNALS, ids=lambda s: s.name)
@pytest.mark.parametrize("way", ["fork", "standby"])
def test_a_run_ends_with_whoever_is_ended(
    way: str,
    ended: signal.Signals,
    mark: str,
    checkout: Path,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TF_KATAS_STANDBY", "1" if way == "standby" else "")
    process = client.start(home, tied=True)
    client.wait_until_up(home, process)
    server = psutil.Process(process.pid)

    asker = begin(checkout)
    asker.send_signal(ended)
    asker.wait(10)
    assert all_gone(checkout)

    if way == "fork":
        asker = begin(checkout)
        answering(server).send_signal(ended)
        asker.wait(10)
        assert all_gone(checkout)

    asker = begin(checkout)
    server.send_signal(ended)
    asker.wait(10)
    assert process.wait(10) in (0, -ended)
    assert all_gone(checkout)
    assert left(mark) == []


STARTER = """\
import pathlib, sys, time
from dojo.warm import client
from dojo.warm.address import Home

home = Home.of(pathlib.Path.cwd())
client.wait_until_up(home, client.start(home, tied=True))
pathlib.Path("at it").touch()
time.sleep(300)
"""


@pytest.mark.parametrize("ended", SIGNALS, ids=lambda s: s.name)
def test_a_tied_warm_process_ends_with_its_starter(
    ended: signal.Signals, mark: str, checkout: Path, home: Home
) -> None:
    """As the one that the repository's own tests start."""
    env = {**os.environ, "PYTHONPATH": str(toy.ROOT)}
    with subprocess.Popen([sys.executable, "-c", STARTER], cwd=checkout, env=env) as starter:
        while not (checkout / "at it").exists():
            time.sleep(0.05)
        starter.send_signal(ended)
    assert left(mark) == []
    assert not home.file.exists()
