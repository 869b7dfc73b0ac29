"""What a learner sees: failures, board, next step, hints; at any width, with and without colour."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.runner.messages import Request
from tests import toy

pytestmark = pytest.mark.timeout(200)
HALF_DONE = "def double(x):\n    print('doubling', x)\n    return abs(2 * x)\n"
PARAMETRIZED = '''\
import pytest

from dojo import expect
from katas.q01.double import double


@pytest.mark.parametrize("number", [3, -3])
def test_doubles(number):
    """A number is doubled."""
    expect.value(double(number), 2 * number, called=f"double({number})")
'''
Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path, judge: Callable[[Request], object]) -> Show:
    """What `pytest katas/q01` prints for a half done stub."""
    toy.build(tmp_path, katas_double=HALF_DONE)

    def shown(*args: str, **env: str) -> str:
        plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        request = Request(
            ["katas/q01", "-p", "no:randomly", *args],
            cwd=str(tmp_path),
            env={**plain, "COLUMNS": "80", "PY_COLORS": "0", **env},
        )
        return judge(request).output  # type: ignore[attr-defined,no-any-return]

    return shown


WHOLE = """\
double: A negative number is doubled too.
  called     double(-3)
  expected   -6
  seen       6
  test       katas/q01/test_double.py:15
  yours      katas/q01/double.py
  printed    doubling -3

q01  Doubling
  double                1 of 2 passed
    passed   A number is doubled.
    failed   A negative number is doubled too.

Next   A negative number is doubled too.
       in      katas/q01/double.py
       alone   pytest katas/q01/test_double.py
       stuck?  pytest katas/q01 --hint
1 failed, 1 passed in 0.00s
"""


def test_the_whole_output(show: Show) -> None:
    said = re.sub(r"in \d+\.\d+s", "in 0.00s", show())
    assert said.strip() == WHOLE.strip()


def test_a_skipped_test_does_not_keep_a_stub_from_being_done(show: Show, tmp_path: Path) -> None:
    gpu = "\n\n@pytest.mark.gpu\ndef test_more() -> None:\n    assert double(0)\n"
    right = "def double(x):\n    return 2 * x\n"
    toy.build(tmp_path, test_double=f"import pytest\n{toy.TEST}{gpu}", katas_double=right)
    assert "  double                all passed, 1 skipped\n" in show(CUDA_VISIBLE_DEVICES="-1")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(show: Show, width: int) -> None:
    said = show(COLUMNS=str(width))
    assert max(map(len, said.splitlines())) <= max(width, 60)


def test_colour_is_never_needed(show: Show) -> None:
    coloured, plain = show(PY_COLORS="1"), show()
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    colours = re.sub(r"\x1b\[[0-9;]*m|\d+\.\d+s", "", coloured)
    assert colours == re.sub(r"\d+\.\d+s", "", plain)


def test_hints_come_one_by_one(show: Show) -> None:
    assert "Hint 1 of 2 for double\n  Think of addition.\n" in show("--hint")
    assert "Hint 2 of 2 for double, the last one\n  x + x\n" in show("--hint")
    assert "Hint 2 of 2 for double, the last one\n  x + x\n" in show("--hint")


def test_a_hint_comes_alone(show: Show) -> None:
    said = show("--hint")
    assert "Next   A negative number is doubled too." in said
    assert "expected" not in said
    assert "passed   A number" not in said


def test_all_done(show: Show) -> None:
    said = show("--answers=solutions")
    assert "Everything that ran has passed." in said
    assert "Compare" not in said


def test_full_shows_the_traceback(show: Show) -> None:
    said = show("--full")
    assert "def test_keeps_the_sign() -> None:" in said
    assert "ExpectationError" in said


@pytest.mark.parametrize("option", ["-q", "-v", "--tb=short"])
def test_it_stays_readable_under(show: Show, option: str) -> None:
    said = show(option)
    assert "1 of 2 passed" in said
    assert "expected   -6" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 30


def test_a_selection_shows_only_what_ran(show: Show) -> None:
    said = show("-k", "test_doubles")
    assert "all passed" in said
    assert "negative" not in said


def test_parametrized_tests_are_told_apart(show: Show, tmp_path: Path) -> None:
    (tmp_path / "katas/q01/test_double.py").write_text(PARAMETRIZED)
    said = show()
    assert "    passed   A number is doubled. [3]\n" in said
    assert "    failed   A number is doubled. [-3]\n" in said
    assert "double: A number is doubled. [-3]\n" in said


SAME_TWICE = '''\
from katas.q01.double import double


def test_a_number() -> None:
    """A number."""
    assert double("1") == "11"


def test_another() -> None:
    """Another failure."""
    assert double(1) == 3


def test_a_word() -> None:
    """A word."""
    assert double("a") == "aa"
'''


def test_what_failed_in_the_same_way_is_told_once(show: Show, tmp_path: Path) -> None:
    """Also if other failures are between."""
    toy.build(tmp_path, test_double=SAME_TWICE, katas_double="def double(x):\n    return x - 0\n")
    said = show()
    assert said.count("  seen       TypeError") == 1
    assert "  likewise   A word.\n" in said
    assert "double: Another failure.\n" in said


def test_a_hint_is_for_what_ran(show: Show, tmp_path: Path) -> None:
    for path in ("katas/q01/test_double.py", "katas/q01/double.py"):
        file = tmp_path / path
        other = file.with_name(file.name.replace("double", "again"))
        other.write_text(file.read_text().replace("q01.double", "q01.again"))
    kata = tmp_path / "katas/q01/kata.toml"
    stub = kata.read_text().partition("[[stub]]")[2]
    kata.write_text(f"{kata.read_text()}\n[[stub]]{stub.replace('double', 'again')}")
    assert "stuck?  pytest katas/q01 --hint" in show()
    assert "stuck?  pytest katas/q01/test_again.py --hint" in show("-k", "again")


def test_it_stays_readable_when_split_over_processes(show: Show, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "katas/q01", "-n", "2"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "1 of 2 passed" in run.stdout
    assert "expected   -6" in run.stdout
    assert len(run.stdout.splitlines()) < 30
