"""The follow-up questions are those of the kata, and fit what failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from dojo.questions import follow_ups
from dojo.report.failure import Failure
from dojo.report.verdict import Verdict
from examiner import model
from examiner.model import StubResult
from examiner.questions import questions_for
from tests.toy import ROOT

README = """\
# q01

- no question

## Follow-up questions

- What does a list cost?
- How would you write it for negative
  numbers? (`abs`)
1. Why is a float rounded?
- And a fourth one about doubling?

## What holds today

- no question either
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "katas/q01").mkdir(parents=True)
    (tmp_path / "katas/q01/README.md").write_text(README, encoding="utf-8")
    return tmp_path


def result(*failed: str) -> StubResult:
    found = StubResult("q01", "double", "Twice as much", 5)
    found.tests = [
        model.TestResult(Verdict("q01", "double", "test_it", "It works.", 1, word="passed"))
    ]
    for sentence in failed:
        verdict = Verdict(
            "q01", "double", "test_x", sentence, 1, False, "failed", Failure(seen="-1")
        )
        found.tests.append(model.TestResult(verdict))
    return found


def test_the_section_is_read_item_by_item(root: Path) -> None:
    questions = follow_ups(root, "q01")
    assert len(questions) == 4
    assert questions[1] == "How would you write it for negative numbers? (`abs`)"


def test_what_failed_comes_first(root: Path) -> None:
    assert "negative" in questions_for(root, "q01", result("A negative number is doubled."))[0]
    assert "float" in questions_for(root, "q01", result("Floats are rounded."))[0]


def test_without_a_common_word_the_first_ones_are_asked(root: Path) -> None:
    assert questions_for(root, "q01", result()) == follow_ups(root, "q01")[:3]


def test_a_kata_without_the_section_has_no_question(root: Path) -> None:
    (root / "katas/q01/README.md").write_text("# q01\n", encoding="utf-8")
    assert questions_for(root, "q01", result()) == []


@pytest.mark.parametrize("kata", list(Catalogue(ROOT).katas))
def test_every_kata_has_questions_for_the_interview(kata: str) -> None:
    assert len(questions_for(ROOT, kata, result("It counts."))) == 3


def test_what_another_stub_is_about_is_not_asked() -> None:
    asked = questions_for(ROOT, "q09", StubResult("q09", "counter", "HeavyBall", 1))
    assert asked
    assert not [question for question in asked if "`HeavyBall`" in question]
    asked = questions_for(ROOT, "q09", StubResult("q09", "momentum", "HeavyBall", 1))
    assert [question for question in asked if "`HeavyBall`" in question]
