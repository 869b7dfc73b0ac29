"""`pytest katas/q01` while a warm process is up: done there, and as one would expect it here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.warm import client
from dojo.warm.address import Home
from tests import toy
from tests.dojo.test_plain_run import check_control_c
from tests.toy import HALF_DONE, LIGHT_TEST, PYTEST

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]

ANCESTOR = """\
import os, pathlib

def double(x):
    parent = pathlib.Path(f"/proc/{os.getppid()}/stat").read_text()
    pathlib.Path("ancestor").write_text(parent.rsplit(")", 1)[1].split()[1])
    return abs(2 * x)
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, int]]:
    """A checkout, the TF_KATAS_HOME of its warm process, and the process's number."""
    checkout = toy.build(tmp_path_factory.mktemp("checkout"), test_double=LIGHT_TEST)
    base = tmp_path_factory.mktemp("base")
    home = Home.within(base, checkout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_KATAS_LIGHT", "1")
        process = client.start(home, tied=True)
        client.wait_until_up(home, process)
    yield checkout, base, process.pid
    client.stop(home)
    assert process.wait(30) == 0
    assert not home.file.exists()
    assert not home.socket.exists()


@pytest.fixture
def checkout(server: tuple[Path, Path, int]) -> Path:
    folder = server[0]
    (folder / "katas/q01/double.py").write_text(HALF_DONE)
    for file in ("ancestor", "at it"):
        (folder / file).unlink(missing_ok=True)
    return folder


@pytest.fixture
def environment(server: tuple[Path, Path, int]) -> dict[str, str]:
    return {**os.environ, "TF_KATAS_HOME": str(server[1])}


@pytest.fixture
def pytest_here(checkout: Path, environment: dict[str, str]) -> Run:
    def run(
        *args: str, start: list[str] = PYTEST, cwd: Path = checkout, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*start, *(args or ["katas/q01"])],
            cwd=cwd,
            env={**environment, **env},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def is_warm(server: tuple[Path, Path, int], run: Run, *args: str, **env: str) -> bool:
    """Whether a run takes place in a grandchild of the warm process."""
    checkout, _, pid = server
    (checkout / "katas/q01/double.py").write_text(ANCESTOR)
    (checkout / "ancestor").unlink(missing_ok=True)
    done = run(*args, **env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 of 2 passed" in done.stdout
    return int((checkout / "ancestor").read_text()) == pid


def test_the_run_is_handed_over(server: tuple[Path, Path, int], pytest_here: Run) -> None:
    assert is_warm(server, pytest_here)
    assert not is_warm(server, pytest_here, "katas/q01", "-s")


@pytest.mark.parametrize(
    ("name", "value", "warm"),
    [
        ("PYTHONUNBUFFERED", "1", True),
        ("PYTHONPATH", f"/some/plugin/of/an/editor{os.pathsep}{toy.ROOT}", True),
        ("VIRTUAL_ENV", "/elsewhere", True),
        ("TF_SERVING_TARGET", "127.0.0.1:1", True),
        ("TF_ENABLE_ONEDNN_OPTS", "0", False),
    ],
)
def test_only_what_the_imports_depend_on_needs_another_process(
    name: str, value: str, warm: bool, server: tuple[Path, Path, int], pytest_here: Run
) -> None:
    assert is_warm(server, pytest_here, **{name: value}) == warm
    assert is_warm(server, pytest_here)  # the one that is up has stayed


def test_it_returns_to_its_caller(pytest_here: Run) -> None:
    script = "import pytest; print(int(pytest.main(['katas/q01'])), 'and on')"
    done = pytest_here(script, start=[sys.executable, "-c"])
    assert "1 of 2 passed" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 and on"


def test_other_plugins_see_each_test_once(checkout: Path, pytest_here: Run) -> None:
    done = pytest_here("katas/q01", "--junitxml=it.xml")
    assert done.returncode == 1
    assert (checkout / "it.xml").read_text().count("<testcase ") == 2


def test_a_breakpoint_says_where_it_can_stop(checkout: Path, pytest_here: Run) -> None:
    (checkout / "katas/q01/double.py").write_text(
        "def double(x):\n    try:\n        breakpoint()\n    except Exception:\n        pass\n"
    )
    done = pytest_here()
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "a breakpoint stops only in a run of its own: add -s to the command" in said
    assert "Bdb" not in done.stdout


SLEEPS = {
    "in Python": "time.sleep(60)",
    "in native code": "signal.pthread_sigmask(signal.SIG_BLOCK, [2]); time.sleep(60)",
}


@pytest.mark.parametrize("name", SLEEPS)
def test_control_c_says_what_is_known(
    name: str, checkout: Path, environment: dict[str, str]
) -> None:
    check_control_c(checkout, SLEEPS[name], **environment)


@pytest.mark.parametrize("option", ["no:timeout", "no:terminal"])
def test_it_does_without_plugins(option: str, pytest_here: Run) -> None:
    done = pytest_here("katas/q01", "-p", option)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--rootdir=..", "-c=other.ini"])
def test_the_root_may_be_another_folder(option: str, checkout: Path, pytest_here: Run) -> None:
    (checkout / "other.ini").write_text("[pytest]\n")
    done = pytest_here("katas/q01", *option.split("="))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "  double                1 of 2 passed\n" in done.stdout


def test_a_test_that_passes_when_it_is_run_again_has_passed(
    checkout: Path, pytest_here: Run
) -> None:
    (checkout / "katas/q01/double.py").write_text(
        "calls = []\n\ndef double(x):\n    calls.append(x)\n"
        "    return 2 * x if len(calls) != 1 else None\n"
    )
    done = pytest_here("katas/q01", "--reruns=1", "-p", "no:randomly")
    assert done.returncode == 0
    assert "  double                all passed\n" in done.stdout


def test_a_second_clone_in_one_environment(tmp_path: Path, pytest_here: Run) -> None:
    """The `dojo` command that is installed is another clone's; the clone's own acts."""
    clone = toy.build(tmp_path, test_double=LIGHT_TEST, katas_double=HALF_DONE)
    shutil.copytree(toy.ROOT / "dojo", clone / "dojo")
    command = [sys.executable, "-c", "from dojo.__main__ import main; main()", "warm"]
    warmed = pytest_here("start", start=command, cwd=clone, TF_KATAS_LIGHT="1")
    assert (warmed.returncode, warmed.stderr) == (0, "")
    try:
        assert pytest_here("status", start=command, cwd=clone).returncode == 0
        (clone / "katas/q01/double.py").write_text(ANCESTOR)
        pytest_here(cwd=clone)
        ancestor = int((clone / "ancestor").read_text())
        command_line = Path(f"/proc/{ancestor}/cmdline").read_text()
        assert "dojo.warm.server" in command_line
        assert str(clone) in command_line
    finally:
        assert pytest_here("stop", start=command, cwd=clone).stdout == "Stopped.\n"
