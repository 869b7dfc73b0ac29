"""What the candidate may read: which tests passed, and what the others say.

Of hidden tests there is a count and nothing else; hidden checks, likeness and flags are not here.
"""

from __future__ import annotations

from collections.abc import Iterator

from examiner.model import Grading, StubResult, TestResult
from examiner.reports.markdown import all_told, code, plain
from examiner.reports.words import reasons, title


def write(grading: Grading) -> str:
    lines = [f"# Feedback on {code(grading.name)}", ""]
    if grading.count(True)[1]:
        lines += ["A test is about the idea of its task, unless it is marked as beyond the idea."]
    for stub in grading.stubs:
        lines += section(stub)
    return "\n".join(lines) + "\n"


def section(stub: StubResult) -> Iterator[str]:
    yield from ("", f"## {plain(stub.title)} ({code(f'{stub.kata}/{stub.stub}')})", "")
    if not stub.file:
        yield "This task was not in the submission."
        return
    if not stub.changed:
        yield "The file is as it was handed out."
        return
    visible = [test for test in stub.tests if not test.hidden]
    passed = [test for test in visible if test.verdict.passed]
    failing = reasons(visible)
    yield f"{len(passed)} of {len(visible)} tests passed.{hidden(stub.tests)}"
    yield ""
    if passed:
        yield from ("Passed:", "", *map(item, passed), "")
    if failing:
        yield from ("Not passed:", "")
        yield from all_told(failing)
        for sentence in stub.misconceptions:
            yield from (f"This fails in the same way as a known mistake: {plain(sentence)}", "")


def item(test: TestResult) -> str:
    return f"- {plain(title(test))}{' (beyond the idea)' if test.beyond else ''}"


def hidden(tests: list[TestResult]) -> str:
    """How many tests the candidate did not have: that, and no more."""
    found = [test for test in tests if test.hidden]
    if not found:
        return ""
    passed = sum(test.verdict.passed for test in found)
    return f" Of {len(found)} more that were not handed out, {passed} passed."
