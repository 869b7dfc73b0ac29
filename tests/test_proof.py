"""The proof sees a wrong grader: it is forced to fail in every way it knows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.report.known import agrees, message
from dojo.runner.messages import Request, Result
from tests import promises, toy
from tests.closing import Closing
from tests.proof import (
    Case,
    complaints,
    graders,
    not_passed,
    rerecorded,
    too_few,
    unclear,
    unneeded,
)

Judge = Callable[[Request], Result]
JudgeCase = Callable[[Case, Path], Result]
pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def judge_once(judge: Judge) -> JudgeCase:
    """What comes out for a case; the toys differ in one file, so most cases are the same."""
    results: dict[tuple[str, ...], Result] = {}

    def judged(case: Case, answers: Path) -> Result:
        files = (case.grader.kata.folder / "kata.toml", case.grader.test_file, case.file)
        key = (case.only, *(file.read_text(encoding="utf-8") for file in files))
        if key not in results:
            results[key] = judge(case.request(answers))
        return results[key]

    return judged


def prove(root: Path, judge: JudgeCase, everything: bool = True) -> list[str]:
    """All that the proof has to say against the toy's only grader."""
    (grader,) = graders(root)
    cases = grader.cases() if everything else grader.selected_cases()
    results = {case: judge(case, root / "answers") for case in cases}
    found = [
        f"{case.file.stem}: {complaint}"
        for case, result in results.items()
        for complaint in complaints(case, result)
    ]
    claims = [case.claimed() or set() for case in grader.rejects()]
    seen = [not_passed(result) for case, result in results.items() if case.kind == "rejects"]
    needed = unneeded(grader, seen if everything else claims)
    found += [f"no reject needs {test}" for test in sorted(needed)]
    return [*found, *unclear(grader), *too_few(grader)]


@pytest.mark.parametrize("everything", [True, False], ids=["all", "selected"])
def test_a_right_grader_passes(everything: bool, tmp_path: Path, judge_once: JudgeCase) -> None:
    assert prove(toy.build(tmp_path), judge_once, everything) == []


CONSTANT = toy.TEST.replace("    expect.value(double(-3), -6", "    expect.value(1, 1")
LAX = toy.TEST.replace("double(-3), -6", "double(-3), double(-3)")
CHANGES = {
    "a test that accepts everything": (
        {"test_double": LAX},
        "loses_sign: a wrong solution passed every test",
    ),
    "a test that passes on the stub": (
        {"test_double": CONSTANT},
        "double: test_keeps_the_sign passed on the stub as shipped",
    ),
    "a stub that is done": (
        {"katas_double": toy.FILES["solutions/q01/double.py"]},
        "double: test_doubles, test_keeps_the_sign passed on the stub as shipped",
    ),
    "a solution that is wrong": (
        {"solutions_double": "def double(x):\n    return 6\n"},
        "double: test_keeps_the_sign should have passed",
    ),
    "an accept that is turned down": (
        {"by_sum": "def double(x):\n    return x + abs(x)\n"},
        "by_sum: test_keeps_the_sign should have passed",
    ),
    "a reject that fails at the wrong test": (
        {"negative": toy.FILES["tests/graders/q01/double/rejects/loses_sign.py"].replace(
            "fails: test_keeps_the_sign", "fails: test_doubles"
        )},
        "negative: failed test_keeps_the_sign; its docstring says test_doubles",
    ),
    "a reject that says nothing": (
        {"half": "def double(x):\n    return x / 2\n"},
        "half: its docstring has no line",
    ),
    "a test that no reject needs": (
        {"negative": toy.FILES["tests/graders/q01/double/rejects/half.py"]},
        "no reject needs test_doubles",
    ),
    "a reject that cannot be imported": (
        {"half": '"""Broken.\n\nfails: all\n"""\n1 +\n'},
        "half: failed the import; its docstring says test_doubles",
    ),
    "a reject that fails at a test that is not there": (
        {"half": '"""Halves.\n\nfails: test_halves\n"""\ndef double(x):\n    return x / 2\n'},
        "half: there is no test_halves",
    ),
    "a declared pass that fails": (
        {"kata": toy.KATA + 'passes_as_shipped = {test_doubles = "a reason"}\n'},
        "double: kata.toml says that test_doubles passes on the stub; it fails",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_proof_fails_on(name: str, tmp_path: Path, judge_once: JudgeCase) -> None:
    changes, complaint = CHANGES[name]
    found = prove(toy.build(tmp_path, **changes), judge_once)
    assert any(said.startswith(complaint) for said in found), found


NEGATIVE = '"""Negative.\n\nfails: test_doubles\n"""\n\n'
SEEN_BY_THE_SELECTION = {
    **{name: CHANGES[name] for name in CHANGES if name not in (
        "a test that accepts everything",  # says which test
        "a reject that fails at the wrong test",  # and which it names
        "a reject that cannot be imported",  # if it is selected
    )},
    "a test that accepts everything": (
        {"test_double": LAX},
        "loses_sign: a wrong solution passed test_keeps_the_sign",
    ),
    "a reject that fails at the wrong test": (
        CHANGES["a reject that fails at the wrong test"][0],
        "negative: a wrong solution passed test_doubles",
    ),
    "a reject that cannot be imported": (
        {"negative": f"{NEGATIVE}1 +\n"},
        "negative: failed the import; its docstring says test_doubles",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN_BY_THE_SELECTION)
def test_the_selection_fails_on(name: str, tmp_path: Path, judge_once: JudgeCase) -> None:
    changes, complaint = SEEN_BY_THE_SELECTION[name]
    found = prove(toy.build(tmp_path, **changes), judge_once, everything=False)
    assert any(said.startswith(complaint) for said in found), found


SKIPPED = "\n\n@pytest.mark.{}\ndef test_more() -> None:\n    assert double(0)\n"


def test_what_needs_a_gpu_is_left_to_a_gpu(tmp_path: Path, judge_once: JudgeCase) -> None:
    test = "import pytest\n" + toy.TEST + SKIPPED.format("gpu")
    assert prove(toy.build(tmp_path, test_double=test), judge_once) == []


def test_any_other_skipped_test_is_told(tmp_path: Path, judge_once: JudgeCase) -> None:
    test = "import pytest\n" + toy.TEST + SKIPPED.format("skip")
    found = prove(toy.build(tmp_path, test_double=test), judge_once)
    assert "double: no verdict on test_more" in found


def test_the_selection_has_one_reject_for_each_test(tmp_path: Path) -> None:
    """The first by name, of those that fail at this test alone; and all other cases, whole."""
    again = toy.FILES["tests/graders/q01/double/rejects/loses_sign.py"]
    (grader,) = graders(toy.build(tmp_path, square=again))
    assert [(case.file.stem, case.only) for case in grader.selected_cases()] == [
        ("double", ""),
        ("double", ""),
        ("by_shift", ""),
        ("by_sum", ""),
        ("negative", "test_doubles"),
        ("loses_sign", "test_keeps_the_sign"),
    ]


def test_a_selected_reject_is_run_at_its_test_alone(tmp_path: Path, judge: Judge) -> None:
    (grader,) = graders(toy.build(tmp_path))
    case = grader.rejects_of_one_test()["test_doubles"]
    (verdict,) = judge(replace(case, only="test_doubles").request(tmp_path / "answers")).verdicts
    assert (verdict.test, verdict.word) == ("test_doubles", "failed")


LAST_WORDS = {
    ("-q", "-n", "1"): "2 of 8 cases were not run and 2 only at the test that they name",
    ("-q", "-k", "lies"): "8 of 8 cases were not run",
    ("--all", "-k", "lies"): "8 of 8 cases were not run",
}


@pytest.mark.parametrize("options", LAST_WORDS, ids=" ".join)
def test_the_last_line_says_what_was_not_proven(options: tuple[str, ...], tmp_path: Path) -> None:
    """Here tests fail, because no message of the toy is recorded."""
    toy.build(tmp_path)
    support = ("browser", "closing", "conftest", "foreign", "promises", "proof", "prose")
    for name in ("__init__", *support, "test_graders"):
        shutil.copyfile(toy.ROOT / f"tests/{name}.py", tmp_path / f"tests/{name}.py")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(toy.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.splitlines()[-1] == f"{LAST_WORDS[options]}; all of them: pytest tests --all"
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout


def test_the_last_line_when_nothing_is_left_out(tmp_path: Path) -> None:
    (grader,) = graders(toy.build(tmp_path))
    closing = Closing(tmp_path, everything=True)
    closing.judged = set(map(str, grader.cases()))
    assert closing.not_proven() == "All 8 cases were run."
    closing.judged.pop()
    assert closing.not_proven() == "1 of 8 cases were not run; all of them: pytest tests --all"


def test_too_small_a_corpus_is_told(tmp_path: Path) -> None:
    toy.build(tmp_path)
    (tmp_path / "tests/graders/q01/double/accepts/by_sum.py").unlink()
    (tmp_path / "tests/graders/q01/double/rejects/half.py").unlink()
    (grader,) = graders(tmp_path)
    assert list(too_few(grader)) == [
        "1 accepts, at least 2 are needed",
        "3 rejects, at least 4 are needed",
    ]


BEYOND = toy.TEST.replace("def test_keeps", "@pytest.mark.beyond\ndef test_keeps")
BEYOND = f"import pytest\n\n{BEYOND}"
PLAIN = "def double(x):\n    return abs(x) * 2\n"


def test_a_plain_answer_of_the_idea_may_fail_beyond(tmp_path: Path, judge: Judge) -> None:
    """And nowhere else; there has to be one as soon as a test is beyond the idea."""
    (grader,) = graders(toy.build(tmp_path, test_double=BEYOND))
    assert list(too_few(grader)) == ["0 ideas, at least 1 are needed"]
    for name, text in {"plain": PLAIN, "wrong": "def double(x):\n    return -6\n"}.items():
        file = grader.corpus / f"ideas/{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert not list(too_few(grader))
    plain, wrong = (case for case in grader.selected_cases() if case.kind == "ideas")
    assert list(complaints(plain, judge(plain.request(tmp_path / "answers")))) == []
    (said,) = complaints(wrong, judge(wrong.request(tmp_path / "answers")))
    assert said.startswith("test_doubles should have passed")


CONTRACT = '''\
def double(x):
    """Twice a number. This explains.

    - Any number
      is doubled.

    >>> double(2)
    4

    Args:
        x: an int or a float. It may be negative.

    Returns:
        A number: twice `x`.

    Raises:
        TypeError: for a text.

    Beyond the idea:
        - A nan stays a nan.
    """
    raise NotImplementedError
'''
PROMISES = [
    "Any number is doubled.",
    "an int or a float.",
    "It may be negative.",
    "A number: twice `x`.",
    "for a text.",
    "A nan stays a nan.",
]


def test_the_promises_of_a_contract(tmp_path: Path) -> None:
    (grader,) = graders(toy.build(tmp_path, katas_double=CONTRACT))
    assert promises.promises(grader.kata.folder / "double.py") == PROMISES


def test_a_promise_without_a_reject_and_a_reject_without_a_promise_are_told(
    tmp_path: Path,
) -> None:
    reject = toy.FILES["tests/graders/q01/double/rejects/loses_sign.py"]
    breaks = 'breaks: "may be\n    negative", "a number", "number is"\nfails:'
    (grader,) = graders(
        toy.build(tmp_path, katas_double=CONTRACT, loses_sign=reject.replace("fails:", breaks))
    )
    unbroken = ["an int or a float.", "A number: twice `x`.", "for a text.", "A nan stays a nan."]
    assert list(promises.faults(grader)) == [
        *(f"no reject breaks: {promise}" for promise in unbroken),
        'half: its docstring has no line `breaks: "…"`',
        'loses_sign: nothing promises "a number"',
        'negative: its docstring has no line `breaks: "…"`',
        'square: its docstring has no line `breaks: "…"`',
    ]


def test_a_message_is_the_same_on_every_machine(tmp_path: Path, judge: Judge) -> None:
    toy.build(tmp_path, half='"""Off.\n\nfails: all\n"""\ndef double(x):\n    return 0.123456\n')
    (grader,) = graders(tmp_path)
    (case,) = (case for case in grader.cases() if case.file.stem == "half")
    said = message(judge(case.request(tmp_path / "answers")).verdicts)
    assert "expected  6\n  seen      0.123\n  idea      Twice is once and once again." in said
    assert str(tmp_path) not in said


def test_what_varies_within_a_line_is_left_open() -> None:
    recorded = "seen  <varies> images (all)\nidea  Look.\n"
    assert agrees("seen  7 images (all)\nidea  Look.\n", recorded)
    assert not agrees("seen  7 images\nidea  Look.\n", recorded)
    assert not agrees("seen  7\n8 images (all)\nidea  Look.\n", recorded)
    assert not agrees("", recorded)


def test_what_varies_stays_open_when_the_rest_is_recorded_anew() -> None:
    recorded = "seen  <varies> images (all)\nidea  Look.\n"
    said = "seen  7 images (all)\nidea  Look again.\n"
    assert rerecorded(said, recorded) == "seen  <varies> images (all)\nidea  Look again.\n"
    assert rerecorded(said, "") == said
