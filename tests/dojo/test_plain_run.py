"""A cold run is pytest as anybody knows it: it returns, stops at breakpoints, and can be ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from tests import toy
from tests.toy import HALF_DONE, LIGHT_TEST, PYTEST

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and signals of Unix"),
]

ARGS = ["pytest", "katas/q01", "-p", "no:randomly"]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return toy.build(tmp_path, test_double=LIGHT_TEST, katas_double=HALF_DONE)


@pytest.fixture
def cold(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command in the checkout, where no warm process is up."""
    nobody = tmp_path_factory.mktemp("nobody")

    def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=checkout,
            env={**os.environ, "TF_KATAS_HOME": str(nobody), **env},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


TWICE = """\
import pathlib, pytest
first = pytest.main(["katas/q01"])
pathlib.Path("katas/q01/double.py").write_text("def double(x):\\n    return 2 * x\\n")
print(int(first), int(pytest.main(["katas/q01"])))
"""


def test_it_returns_to_its_caller_and_sees_what_is_there_then(cold: Run) -> None:
    done = cold(sys.executable, "-c", TWICE)
    assert done.stdout.splitlines()[-1] == "1 0"
    assert "1 of 2 passed" in done.stdout
    assert "all passed" in done.stdout


def test_a_profiler_sees_it(cold: Run, checkout: Path) -> None:
    cold(sys.executable, "-m", "cProfile", "-o", "profile", "-m", "pytest", "katas/q01")
    import pstats

    functions = {name for _, _, name in pstats.Stats(str(checkout / "profile")).stats}  # type: ignore[attr-defined]
    assert "double" in functions


def test_a_breakpoint_opens_the_debugger(checkout: Path) -> None:
    (checkout / "katas/q01/double.py").write_text(
        "def double(x):\n    breakpoint()\n    return 2 * x\n"
    )
    child = pexpect.spawn(sys.executable, ["-m", *ARGS], cwd=str(checkout))
    for number in ("3", "-3"):
        child.expect_exact("(Pdb)", timeout=30)
        child.sendline("p 'it is', x")
        child.expect_exact(f"('it is', {number})", timeout=30)
        child.sendline("c")
    child.expect_exact("all passed", timeout=30)
    child.expect(pexpect.EOF, timeout=30)
    child.close()
    assert child.exitstatus == 0


def check_control_c(checkout: Path, sleep: str, **env: str) -> None:
    """Interrupt a run in its second test, which sleeps: what is known is said, cold and warm."""
    (checkout / "katas/q01/double.py").write_text(
        "import pathlib, signal, time\n\ndef double(x):\n    if x < 0:\n"
        f"        pathlib.Path('at it').touch()\n        {sleep}\n    return 2 * x\n"
    )
    command, env = [*PYTEST, "katas/q01", "-p", "no:randomly"], {**os.environ, **env}
    with subprocess.Popen(
        command, cwd=checkout, env=env, stdout=subprocess.PIPE, text=True
    ) as running:
        while not (checkout / "at it").exists():
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=30)
    assert running.returncode == pytest.ExitCode.INTERRUPTED
    assert "  double                1 of 2 passed, 1 not run\n" in said
    assert "    not run  A negative number is doubled too.\n" in said
    assert "What ran has passed, and not all has run.\n" in said
    assert "Traceback" not in said


def test_control_c_says_what_is_known(checkout: Path) -> None:
    check_control_c(checkout, "time.sleep(60)")


# Native code that no signal reaches.
LOOP = """\
import signal, time

def double(x):
    if x < 0:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(400)
    return 2 * x
"""
CATCHES_ALL = """\
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
HANGS = {
    "a test": (["-s"], LOOP, "1 of 2 passed", "katas/q01/double.py:6"),
    "an import": ([], CATCHES_ALL, "0 of 1 passed", "katas/q01/double.py"),
    "one of several processes": (["-n", "2"], LOOP, "1 of 2 passed", "katas/q01/double.py:6"),
}


@pytest.mark.parametrize("name", HANGS)
def test_what_hangs_is_ended_with_the_board(name: str, cold: Run, checkout: Path) -> None:
    options, stub, count, place = HANGS[name]
    (checkout / "katas/q01/double.py").write_text(stub)
    done = cold(*PYTEST, "katas/q01", "--timeout=0.5", "-p", "no:randomly", *options)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert f"  double                {count}\n" in done.stdout
    assert "    timeout  " in done.stdout
    assert f"  yours      {place}\n" in done.stdout
    assert "Next   " in done.stdout


def test_what_has_not_run_is_named_when_it_hangs(cold: Run, checkout: Path) -> None:
    (checkout / "katas/q01/double.py").write_text(LOOP.replace("x < 0", "x > 0"))
    done = cold(*PYTEST, "katas/q01", "--timeout=0.5", "-p", "no:randomly", "--junitxml=it.xml")
    assert "    timeout  A number is doubled.\n" in done.stdout
    assert "    not run  A negative number is doubled too.\n" in done.stdout
    assert "1 failed" in done.stdout
    assert 'failures="1"' in (checkout / "it.xml").read_text()


PLUGINS = {
    "no:timeout": (["-p", "no:timeout"], {}, "1 of 2 passed"),
    "none at all": ([], {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, "1 of 2 passed"),
    "no:terminal": (["-p", "no:terminal"], {}, ""),
}


@pytest.mark.parametrize("name", PLUGINS)
def test_it_does_without_plugins(name: str, cold: Run) -> None:
    options, env, said = PLUGINS[name]
    done = cold(*PYTEST, "katas/q01", *options, **env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--rootdir=..", "-c=other.ini"])
def test_the_root_may_be_another_folder(option: str, cold: Run, checkout: Path) -> None:
    """As an editor sets it that was opened on the folder above."""
    (checkout / "other.ini").write_text("[pytest]\n")
    done = cold(*PYTEST, "katas/q01", *option.split("="))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "  double                1 of 2 passed\n" in done.stdout
    assert "in      katas/q01/double.py" in done.stdout


def test_a_test_that_passes_when_it_is_run_again_has_passed(cold: Run, checkout: Path) -> None:
    (checkout / "katas/q01/double.py").write_text(
        "calls = []\n\ndef double(x):\n    calls.append(x)\n"
        "    return 2 * x if len(calls) != 1 else None\n"
    )
    done = cold(*PYTEST, "katas/q01", "--reruns=1", "-p", "no:randomly")
    assert done.returncode == 0
    assert "  double                all passed\n" in done.stdout


def test_a_run_that_is_killed_leaves_no_folder(checkout: Path, tmp_path: Path) -> None:
    (checkout / "katas/q01/double.py").write_text(
        "import pathlib, time\n\ndef double(x):\n    pathlib.Path('at it').touch()\n"
        "    time.sleep(60)\n"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen([*PYTEST, "katas/q01"], cwd=checkout, env=env) as running:
        while not (checkout / "at it").exists():
            time.sleep(0.02)
        running.kill()
    assert {path.name.split("-of-")[0] for path in temporary.iterdir()} <= {"pytest"}


AT_EXIT = """\
import atexit, pathlib, sys

class Part:
    def __del__(self):
        self.note("torn down")

    def note(self, text, open=open):
        with open("notes", "a") as notes:
            notes.write(f"{text}\\n")

def double(x):
    return abs(2 * x)

sys.part = Part()
atexit.register(sys.part.note, "at exit")
"""


@pytest.mark.parametrize("somebody_waits", [False, True])
def test_it_leaves_early_unless_somebody_waits_for_the_end(
    somebody_waits: bool, cold: Run, checkout: Path, tmp_path: Path
) -> None:
    (checkout / "katas/q01/double.py").write_text(AT_EXIT)
    site = tmp_path / "site"
    site.mkdir()
    if somebody_waits:
        (site / "sitecustomize.py").write_text("import atexit\natexit.register(print, 'the end')\n")
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(site)}
    done = cold(*PYTEST, "katas/q01", **env)
    assert done.returncode == 1
    assert "1 of 2 passed" in done.stdout
    notes = (checkout / "notes").read_text().split("\n")
    assert notes[0] == "at exit"
    assert ("torn down" in notes, "the end" in done.stdout) == (somebody_waits, somebody_waits)


def test_several_katas_get_a_line_for_each_stub(cold: Run, checkout: Path) -> None:
    """The first failure comes last, in full: 800 lines would have hidden it."""
    for path in ("kata.toml", "double.py", "test_double.py"):
        other = checkout / "katas/q02" / path
        other.parent.mkdir(exist_ok=True)
        other.write_text((checkout / "katas/q01" / path).read_text().replace("q01", "q02"))
    said = cold(*PYTEST, "-p", "no:randomly").stdout
    assert said.count("  double                1 of 2 passed\n") == 2
    assert said.count("A negative number is doubled too.") == 2  # the failure, and what is next
    assert said.index("q02  Doubling") < said.index("double: A negative number")
    assert "    failed   " not in said
