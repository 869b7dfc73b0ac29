"""The proof sees a wrong grader: it is forced to fail in every way it knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.runner.messages import Request, Result
from tests import toy
from tests.proof import (
    agrees,
    complaints,
    graders,
    message,
    not_passed,
    rerecorded,
    too_few,
    unneeded,
)

Judge = Callable[[Request], Result]
pytestmark = pytest.mark.timeout(200)


def prove(root: Path, judge: Judge) -> list[str]:
    """All that the proof has to say against the toy's only grader."""
    (grader,) = graders(root)
    results = {case: judge(case.request(root / "answers")) for case in grader.cases()}
    found = [
        f"{case.file.stem}: {complaint}"
        for case, result in results.items()
        for complaint in complaints(case, result)
    ]
    rejects = [not_passed(result) for case, result in results.items() if case.kind == "rejects"]
    found += [f"no reject needs {test}" for test in sorted(unneeded(grader, rejects))]
    return found + list(too_few(grader))


def test_a_right_grader_passes(tmp_path: Path, judge: Judge) -> None:
    assert prove(toy.build(tmp_path), judge) == []


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
    "a declared pass that fails": (
        {"kata": toy.KATA + 'passes_as_shipped = {test_doubles = "a reason"}\n'},
        "double: kata.toml says that test_doubles passes on the stub; it fails",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_proof_fails_on(name: str, tmp_path: Path, judge: Judge) -> None:
    changes, complaint = CHANGES[name]
    found = prove(toy.build(tmp_path, **changes), judge)
    assert any(said.startswith(complaint) for said in found), found


SKIPPED = "\n\n@pytest.mark.{}\ndef test_more() -> None:\n    assert double(0)\n"


def test_what_needs_a_gpu_is_left_to_a_gpu(tmp_path: Path, judge: Judge) -> None:
    test = "import pytest\n" + toy.TEST + SKIPPED.format("gpu")
    assert prove(toy.build(tmp_path, test_double=test), judge) == []


def test_any_other_skipped_test_is_told(tmp_path: Path, judge: Judge) -> None:
    test = "import pytest\n" + toy.TEST + SKIPPED.format("skip")
    found = prove(toy.build(tmp_path, test_double=test), judge)
    assert "double: no verdict on test_more" in found


def test_too_small_a_corpus_is_told(tmp_path: Path) -> None:
    toy.build(tmp_path)
    (tmp_path / "tests/graders/q01/double/accepts/by_sum.py").unlink()
    (tmp_path / "tests/graders/q01/double/rejects/half.py").unlink()
    (grader,) = graders(tmp_path)
    assert list(too_few(grader)) == [
        "1 accepts, at least 2 are needed",
        "3 rejects, at least 4 are needed",
    ]


def test_a_message_is_the_same_on_every_machine(tmp_path: Path, judge: Judge) -> None:
    toy.build(tmp_path, half='"""Off.\n\nfails: all\n"""\ndef double(x):\n    return 0.123456\n')
    (grader,) = graders(tmp_path)
    (case,) = (case for case in grader.cases() if case.file.stem == "half")
    said = message(judge(case.request(tmp_path / "answers")))
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
