"""The warm process: the same verdicts as a cold run, and nothing left behind."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from dataclasses import asdict, replace
from multiprocessing import AuthenticationError
from pathlib import Path

import pytest

from dojo.runner.messages import Job, Request, Result, send
from dojo.runner.supervisor import supervise
from dojo.warm import client
from dojo.warm.address import Home, HomeError, fingerprint
from tests import toy

Judge = Callable[[Request], Result]
pytestmark = pytest.mark.timeout(200)

HALF_DONE = "def double(x):\n    return abs(2 * x)\n"
ARGS = ["katas/q01", "-p", "no:randomly", "-p", "no:cacheprovider", "-q"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return toy.build(tmp_path, katas_double=HALF_DONE)


def without_times(output: str) -> list[str]:
    return [line.split(" in ")[0] for line in output.splitlines()]


def cold(checkout: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", *ARGS],
        cwd=checkout,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("env", [{}, {"TF_KATAS_STANDBY": "1"}], ids=["fork", "standby"])
def test_a_cold_run_says_what_a_warm_run_says(
    env: dict[str, str], checkout: Path, judge: Judge
) -> None:
    warm_run = judge(Request(ARGS, cwd=str(checkout)))
    cold_run = cold(checkout, **env)
    assert (warm_run.status, cold_run.returncode) == (1, 1)
    assert without_times(cold_run.stdout) == without_times(warm_run.output.lstrip())
    assert cold_run.stderr == ""


MANY = """\
import time

import pytest

kept = []


@pytest.fixture(scope="module")
def number():
    kept.append(1)
    yield len(kept)
    kept.clear()


@pytest.mark.parametrize("turn", range(12))
def test_many(number: int, turn: int) -> None:
    \"\"\"A test of many.\"\"\"
    time.sleep(0.05)
    assert number == 1
    assert turn != 7
"""


def test_a_second_child_changes_nothing_but_the_time(checkout: Path, judge: Judge) -> None:
    """Tests that another child has run ahead are replayed as if they had run here."""
    for name in ("test_double", "test_other"):
        (checkout / f"katas/q01/{name}.py").write_text(MANY)
    one, two = (judge(Request([*ARGS, "--tb=no"], str(checkout), cores=n)) for n in (1, 2))
    assert (one.status, two.status) == (1, 1)
    assert len(two.verdicts) == 24
    assert without_times(two.output) == without_times(one.output)
    assert sorted(map(repr, two.verdicts)) == sorted(map(repr, one.verdicts))
    assert two.peak_mb > 1.5 * one.peak_mb  # there were two


BUSY = """\
import signal
import time


def test_first() -> None:
    \"\"\"Long enough for the other child to begin with the second test.\"\"\"
    time.sleep(0.8)


def test_second() -> None:
    \"\"\"Native code, which no alarm interrupts.\"\"\"
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(3)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
"""


def test_to_wait_for_the_other_child_is_no_test(checkout: Path, judge: Judge) -> None:
    """Who waits for a test that runs elsewhere does not share its time limit."""
    (checkout / "katas/q01/test_double.py").write_text(BUSY)
    result = judge(Request([*ARGS, "--timeout=1"], str(checkout), cores=2))
    assert (result.status, "INTERNALERROR" in result.output) == (1, False)
    assert [(v.test, v.word) for v in result.verdicts] == [
        ("test_first", "passed"),
        ("test_second", "timeout"),
    ]


class Ended:
    """A child that has already said its last word."""

    def __init__(self, job: Job):
        self.channel, self.theirs = multiprocessing.Pipe()
        status = pytest.ExitCode.OK if job.ahead else pytest.ExitCode.USAGE_ERROR
        send(self.theirs, {"event": "end", "status": status, "peak_mb": 1.0})

    def end(self) -> None:
        self.theirs.close()


def test_the_child_that_reports_says_how_the_run_ended() -> None:
    """Also when the one that runs ahead ends in the same moment."""

    class Way:
        several = True
        start = staticmethod(Ended)

        def refill(self) -> None: ...

    result = supervise(Request([], cores=2), Way(), progress=lambda event: None)
    assert result.status == pytest.ExitCode.USAGE_ERROR


def test_temporary_files_go_with_the_run(checkout: Path, judge: Judge, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    (checkout / "katas/q01/double.py").write_text(
        "import tempfile\n\n"
        "def double(x):\n"
        "    _, name = tempfile.mkstemp()\n"
        f"    open({str(seen)!r}, 'w').write(name)\n"
        "    return 2 * x\n"
    )
    assert judge(Request(ARGS, cwd=str(checkout))).status == 0
    assert seen.read_text()
    assert not Path(seen.read_text()).exists()


def test_no_folder_of_pytest_stays_locked(checkout: Path, judge: Judge, tmp_path: Path) -> None:
    """pytest deletes its old folders, but for three days none that has a lock."""
    for name in ("test_double", "test_other"):
        uses_one = MANY.replace("turn: int", "turn: int, tmp_path: object")
        (checkout / f"katas/q01/{name}.py").write_text(uses_one)
    root = tmp_path / "root"
    root.mkdir()
    env = {**os.environ, "PYTEST_DEBUG_TEMPROOT": str(root)}
    assert judge(Request(ARGS, str(checkout), env, cores=2)).status == 1
    assert len(list(root.glob("pytest-of-*/pytest-[0-9]*"))) == 2
    assert not list(root.glob("pytest-of-*/*/.lock"))


def test_pytest_hands_the_run_over(checkout: Path, tmp_path: Path) -> None:
    """When a warm process is up, `pytest katas/q01` runs in a grandchild of it."""
    base, ancestor = tmp_path / "base", tmp_path / "ancestor"
    (checkout / "katas/q01/double.py").write_text(
        "import os\n\n"
        "def double(x):\n"
        "    parent = open(f'/proc/{os.getppid()}/stat').read()\n"
        f"    open({str(ancestor)!r}, 'w').write(parent.rsplit(')', 1)[1].split()[1])\n"
        "    return abs(2 * x)\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_KATAS_HOME", str(base))
        home = Home.of(checkout)
    server = client.start(home)
    client.wait_until_up(home, server)
    run = cold(checkout, TF_KATAS_HOME=str(base))
    assert run.returncode == 1
    assert "1 of 2 passed" in run.stdout
    assert int(ancestor.read_text()) == server.pid
    assert client.stop(home)
    assert server.wait(20) == 0
    assert not home.file.exists()
    assert not home.socket.exists()


def test_a_standby_interpreter_serves_one_run_after_the_other(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_KATAS_STANDBY", "1")
    home = Home(tmp_path / "home", checkout)
    server = client.start(home)
    client.wait_until_up(home, server)
    for _ in range(2):
        result = client.ask(home, Request(ARGS, cwd=str(checkout)))
        assert result
        assert result.status == 1
        assert [v.passed for v in result.verdicts] == [True, False]
    assert client.stop(home)
    assert server.wait(30) == 0


def test_it_ends_when_idle(checkout: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home", checkout)
    server = client.start(home, idle=0.1)
    assert server.wait(120) == 0
    assert home.log.read_text() == ""
    assert client.ask(home, Request(ARGS)) is None


def test_a_change_of_the_harness_needs_a_new_process(checkout: Path) -> None:
    before = fingerprint(checkout)
    assert fingerprint(checkout) == before
    (checkout / "conftest.py").write_text("# changed\n")
    assert fingerprint(checkout) != before


def test_two_saves_within_a_second_are_two_runs(checkout: Path, judge: Judge) -> None:
    stub = checkout / "katas/q01/double.py"
    for text, passed in (
        (HALF_DONE, 1),
        ("def double(x):\n    return x + 1*x\n", 2),
        (HALF_DONE, 1),
    ):
        stub.write_text(text)
        result = judge(Request(ARGS, cwd=str(checkout)))
        assert sum(v.passed for v in result.verdicts) == passed


def test_what_a_run_has_started_ends_with_it(checkout: Path, judge: Judge, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    (checkout / "katas/q01/double.py").write_text(
        "import subprocess\n\n"
        "def double(x):\n"
        "    sleeper = subprocess.Popen(['sleep', '300'])\n"
        f"    open({str(pid_file)!r}, 'w').write(str(sleeper.pid))\n"
        "    return 2 * x\n"
    )
    assert judge(Request(ARGS, cwd=str(checkout))).status == 0
    assert gone(int(pid_file.read_text()))


def test_a_run_ends_when_nobody_waits(checkout: Path, warm: Home, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    (checkout / "katas/q01/double.py").write_text(
        "import os, time\n\n"
        "def double(x):\n"
        f"    open({str(pid_file)!r}, 'w').write(str(os.getpid()))\n"
        "    time.sleep(300)\n"
    )
    address = warm.read()
    assert address
    channel = client.connect(address)
    send(channel, {"ask": "run", "request": asdict(Request(ARGS, cwd=str(checkout)))})
    while not (pid_file.exists() and pid_file.read_text()):
        time.sleep(0.05)
    channel.close()
    assert gone(int(pid_file.read_text()))


def gone(pid: int, within: float = 10.0) -> bool:
    """Whether the process has ended, zombies included, before `within` seconds are over."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_folder_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "base" / "home", tmp_path)
    home.make()
    assert home.folder.stat().st_mode & 0o777 == 0o700
    home.folder.chmod(0o755)
    with pytest.raises(HomeError, match="open to other users"):
        home.make()


@pytest.mark.skipif(sys.platform == "win32", reason="makes symbolic links")
def test_it_is_found_by_every_name_of_the_interpreter(tmp_path: Path) -> None:
    """`pytest`, `python -m pytest` and `dojo` may have been installed under different names."""
    tell = "import pathlib, dojo.warm.address as a; print(a.Home.of(pathlib.Path()).folder)"
    venv.create(tmp_path / "env", symlinks=True, system_site_packages=True)
    folders = {
        subprocess.check_output(
            [tmp_path / "env" / "bin" / name, "-c", tell],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            text=True,
        )
        for name in ("python", "python3")
    }
    assert len(folders) == 1


def test_a_stranger_without_the_key_is_turned_away(
    warm: Home, judge: Judge, checkout: Path
) -> None:
    address = warm.read()
    assert address
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        client.connect(replace(address, key="00" * 32))
    assert judge(Request(ARGS, cwd=str(checkout))).status == 1
