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


def test_hints_start_again_when_asked(show: Show) -> None:
    show("--hint"), show("--hint")
    assert "Hint 1 of 2 for double\n" in show("--hint=first")
    assert "Hint 2 of 2 for double, the last one\n" in show("--hint")


HINT_FOR_A_TEST = """hints = [
    "Think of addition.",
    { text = "Try it with -3.", tests = ["test_keeps_the_sign"] },
    "x + x",
    { text = "Try it with 3.", tests = ["test_doubles"] },
]
"""


def test_hints_for_the_failing_test_come_first(show: Show, tmp_path: Path) -> None:
    kata = tmp_path / "katas/q01/kata.toml"
    kata.write_text(toy.KATA.partition("hints")[0] + HINT_FOR_A_TEST)
    nothing = tmp_path / "nothing/q01/double.py"
    nothing.parent.mkdir(parents=True)
    nothing.write_text("def double(x):\n    return 0\n")
    assert "Hint 1 of 3 for double\n  Try it with -3.\n" in show("--hint")
    assert "Hint 2 of 3 for double\n  Think of addition.\n" in show("--hint")
    assert "Hint 3 of 3 for double, the last one\n  x + x\n" in show("--hint")
    assert "Hint 1 of 3 for double\n  Try it with 3.\n" in show("--hint", "--answers=nothing")


def test_a_path_behind_hint_is_no_value_of_it(show: Show) -> None:
    assert "write what to run first: pytest katas/q01 --hint" in show("--hint", "katas/q01")


def test_a_hint_comes_alone(show: Show) -> None:
    said = show("--hint")
    assert "Next   A negative number is doubled too." in said
    assert "expected" not in said
    assert "passed   A number" not in said


def test_all_done(show: Show) -> None:
    said = show("--answers=solutions")
    assert "Everything that ran has passed." in said
    assert "Compare" not in said


def test_answers_of_elsewhere_can_be_opened(
    show: Show, tmp_path_factory: pytest.TempPathFactory
) -> None:
    answers = tmp_path_factory.mktemp("elsewhere")
    (answers / "q01").mkdir()
    (answers / "q01/double.py").write_text(HALF_DONE)
    assert f"  yours      {answers}/q01/double.py\n" in show(f"--answers={answers}", COLUMNS="200")


def test_full_shows_the_traceback(show: Show) -> None:
    said = show("--full")
    assert "def test_keeps_the_sign() -> None:" in said
    assert "ExpectationError" in said


@pytest.mark.parametrize("option", ["-q", "-v", "-rA"])
def test_it_stays_readable_under(show: Show, option: str) -> None:
    said = show(option)
    assert "1 of 2 passed" in said
    assert "expected   -6" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 30


def test_a_selection_shows_only_what_ran(show: Show) -> None:
    said = show("-k", "test_doubles")
    assert "  double                1 of 2 passed, 1 not run\n" in said
    assert "all passed" not in said
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


SAME_IDEA = '''\
import pytest

from dojo import expect
from katas.q01.double import double


@pytest.mark.parametrize("number", [1, 2])
def test_doubles(number) -> None:
    """A number is doubled.

    Twice a number is more.
    """
    expect.same(double(number), 2 * number, called=f"double({number})")


def test_of_another_idea() -> None:
    """Three is doubled too.

    Three is odd.
    """
    expect.same(double(3), 6, called="double(3)")


@pytest.mark.parametrize("number", [4, 5])
def test_without_one(number) -> None:
    """More is doubled."""
    expect.same(double(number), 2 * number, called=f"double({number})")
'''


def test_one_idea_is_told_once(show: Show, tmp_path: Path) -> None:
    """Without one, each failure has numbers of its own to be looked at."""
    toy.build(tmp_path, test_double=SAME_IDEA, katas_double="def double(x):\n    return x\n")
    said = show()
    assert said.count("  idea       Twice a number is more.") == 1
    assert said.count("  idea       Three is odd.") == 1
    assert said.count("  seen  ") == 4
    assert "  likewise   A number is doubled. [2]\n" in said or "doubled. [1]\n" in said


def test_a_path_is_not_cut(show: Show, tmp_path: Path) -> None:
    """What is cut cannot be opened."""
    folder = tmp_path / ("a-long-name-" * 6) / ("and_another_" * 6)
    (folder / "q01").mkdir(parents=True)
    (folder / "q01/double.py").write_text("def double(x):\n    return x.upper()\n")
    toy.build(tmp_path, test_double=LIKE)
    said = show(f"--answers={folder}")
    assert f"{'and_another_' * 6}/q01/double.py:2" in said


NOT_WITH_WORDS = """\
def double(x):
    if x != 3:
        raise TypeError(f"an int of {x} bytes, or a {'Word' if x else 'Note'}, is no number")
    return 6
"""
LIKE = '''\
from dojo import expect
from katas.q01.double import double


def test_doubles() -> None:
    """A number is doubled."""
    with expect.works("double(2)"):
        double(2)


def test_keeps_the_sign() -> None:
    """A negative number is doubled too."""
    with expect.works("double(-3)", idea="Every number has a sign.", when="TypeError"):
        double(-3)


def test_of_another_idea() -> None:
    """Zero is doubled too.

    An idea of the docstring.
    """
    with expect.works("double(0)", idea="Not about this.", when="ValueError"):
        double(0)
'''


def test_the_idea_that_explains_is_told_for_all_that_failed_alike(
    show: Show, tmp_path: Path
) -> None:
    """A number and the name of a class make no other failure."""
    toy.build(tmp_path, test_double=LIKE, katas_double=NOT_WITH_WORDS)
    said = show()
    assert said.count("  seen       TypeError") == 1
    assert "double: A negative number is doubled too.\n" in said
    assert "  idea       Every number has a sign.\n" in said
    assert said.count("  likewise") == 2


def test_an_exception_that_nobody_foresaw_has_no_idea(show: Show, tmp_path: Path) -> None:
    toy.build(tmp_path, test_double=LIKE, katas_double=NOT_WITH_WORDS)
    said = show("-k", "another_idea")
    assert "TypeError" in said
    assert "idea  " not in said


TWO_LEVELS = toy.TEST.replace(
    "def test_doubles", "import pytest\n\n\n@pytest.mark.beyond\ndef test_doubles"
)
WRONG_SIGN, NOTHING_RIGHT = (
    "def double(x):\n    return abs(2 * x)\n",
    "def double(x):\n    return 1\n",
)


def test_what_is_beyond_the_idea_is_counted_and_told_apart(show: Show, tmp_path: Path) -> None:
    toy.build(tmp_path, test_double=TWO_LEVELS, katas_double=NOTHING_RIGHT)
    said = show()
    assert "  double                idea 0 of 1, beyond 0 of 1\n" in said
    board = said.partition("q01  Doubling\n")[2].splitlines()
    assert board[1:4] == [
        "    failed   A negative number is doubled too.",
        "    beyond the idea",
        "    failed   A number is doubled.",
    ]
    assert "Next   A negative number" in said
    assert "1 of 1 passed" not in show("-m", "not beyond")


KNOWN = """\
test_keeps_the_sign
  called    double(-3)
  expected  -6
  seen      6
"""


def test_a_known_mistake_is_told_by_name(show: Show, tmp_path: Path) -> None:
    golden = tmp_path / "tests/graders/q01/double/messages/loses_sign.txt"
    golden.parent.mkdir()
    golden.write_text(KNOWN)
    assert "\n  looks like The size is doubled.\n" in show()
    assert "looks like" not in show("-k", "sign"), "the other test has not run"
    golden.with_stem("half").write_text(KNOWN)
    assert "looks like" not in show(), "it may be either"


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
