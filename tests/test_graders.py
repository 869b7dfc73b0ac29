"""Every grader accepts what is right and rejects what is wrong, at the named test.

Of the rejects one for each test is run, at this test alone; with `--all` all are, at all tests.
`pytest tests/test_graders.py --record` re-records the golden messages; read the diff.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable

import pytest

from dojo.report.known import agrees, message
from dojo.runner.messages import Result
from tests import promises
from tests.closing import SECONDS
from tests.conftest import ROOT, everything
from tests.proof import (
    Case,
    Grader,
    complaints,
    graders,
    not_passed,
    rerecorded,
    too_few,
    unclear,
    unneeded,
)

GRADERS = graders(ROOT)

Seen = Callable[[Case], Result]

# Not a hang: the answer to one case may have to wait for all others, which takes minutes.
pytestmark = pytest.mark.timeout(3600)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        way = Grader.cases if everything(metafunc.config) else Grader.selected_cases
        cases = [case for grader in GRADERS for case in way(grader)]
        if metafunc.function is test_message:
            cases = [case for case in cases if case.kind == "rejects"]
        metafunc.parametrize("case", cases, ids=str)


def test_verdicts(case: Case, seen: Seen, record_property: Callable[[str, object], None]) -> None:
    result = seen(case)
    record_property(SECONDS, result.seconds)
    found = list(complaints(case, result))
    assert not found, "\n".join([str(case.file), *found])


def test_message(case: Case, seen: Seen, request: pytest.FixtureRequest) -> None:
    said = message(seen(case).verdicts)
    recorded = case.golden.read_text(encoding="utf-8") if case.golden.is_file() else ""
    if request.config.option.record and not agrees(said, recorded):
        case.golden.parent.mkdir(exist_ok=True)
        recorded = rerecorded(said, recorded)
        case.golden.write_text(recorded, encoding="utf-8")
    assert agrees(said, recorded), changed(said, recorded)


def changed(said: str, recorded: str) -> str:
    """The lines in which the two differ."""
    lines = difflib.ndiff(recorded.splitlines(), said.splitlines())
    shown = [line for line in lines if not line.startswith(("  ", "?"))]
    return "\n".join(["The message has changed; --record if it is as good:", *shown])


@pytest.mark.parametrize("grader", GRADERS, ids=str)
def test_every_test_is_needed(grader: Grader, seen: Seen, pytestconfig: pytest.Config) -> None:
    """By default rejects are believed here: the one that a test needs is run, see above."""
    if everything(pytestconfig):
        failures = [not_passed(seen(case)) for case in grader.rejects()]
    else:
        failures = [case.claimed() or set() for case in grader.rejects()]
    missing = unneeded(grader, failures)
    assert not missing, f"no reject fails at one of these alone: {', '.join(sorted(missing))}"


@pytest.mark.parametrize("grader", GRADERS, ids=str)
def test_every_reject_says_what_it_fails(grader: Grader) -> None:
    assert not list(unclear(grader))


@pytest.mark.parametrize("grader", GRADERS, ids=str)
def test_every_promise_is_broken_by_a_reject(grader: Grader) -> None:
    assert not list(promises.faults(grader))


@pytest.mark.parametrize("grader", GRADERS, ids=str)
def test_the_corpus_is_large_enough(grader: Grader) -> None:
    assert not list(too_few(grader))


def test_nothing_lies_about() -> None:
    """Every recorded message belongs to a reject, and every folder of graders to a stub."""
    used = {case.golden for grader in GRADERS for case in grader.rejects()}
    assert set(ROOT.glob("tests/graders/*/*/messages/*")) == used
    assert set(ROOT.glob("tests/graders/*/*")) == {grader.corpus for grader in GRADERS}
