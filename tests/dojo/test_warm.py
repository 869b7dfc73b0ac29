"""The warm process: the same verdicts as a cold run, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from dojo.runner.messages import Request, Result
from dojo.warm import client
from dojo.warm.address import Home, HomeError, fingerprint
from dojo.warm.wire import tell
from tests import toy
from tests.processes import gone
from tests.toy import HALF_DONE, LIGHT_TEST

Judge = Callable[[Request], Result]
pytestmark = pytest.mark.timeout(200)

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


def test_a_cold_run_says_what_a_warm_run_says(checkout: Path, judge: Judge) -> None:
    warm_run = judge(Request(ARGS, cwd=str(checkout)))
    cold_run = cold(checkout)
    assert (warm_run.status, cold_run.returncode) == (1, 1)
    assert without_times(cold_run.stdout.lstrip()) == without_times(warm_run.output.lstrip())
    assert cold_run.stderr == ""


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


def test_a_standby_interpreter_serves_one_run_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = toy.build(tmp_path, test_double=LIGHT_TEST, katas_double=HALF_DONE)
    monkeypatch.setenv("TF_KATAS_STANDBY", "1")
    monkeypatch.setenv("TF_KATAS_LIGHT", "1")
    home = Home(tmp_path / "home", checkout)
    server = client.start(home, tied=True)
    client.wait_until_up(home, server)
    for _ in range(2):
        result = client.ask(home, Request(ARGS, cwd=str(checkout)))
        assert result
        assert result.status == 1
        assert [v.passed for v in result.verdicts] == [True, False]
    assert client.stop(home)
    assert server.wait(30) == 0


def test_it_ends_when_idle(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_KATAS_LIGHT", "1")
    home = Home(tmp_path / "home", checkout)
    server = client.start(home, idle=0.1, tied=True)
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
    with client.connected(address) as channel:
        request = asdict(Request(ARGS, cwd=str(checkout)))
        tell(channel, {"key": address.key, "ask": "run", "request": request})
        while not (pid_file.exists() and pid_file.read_text()):
            time.sleep(0.05)
    assert gone(int(pid_file.read_text()))


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
    assert client.ask_at(replace(address, key="00" * 32), Request(ARGS, cwd=str(checkout))) is None
    assert judge(Request(ARGS, cwd=str(checkout))).status == 1
