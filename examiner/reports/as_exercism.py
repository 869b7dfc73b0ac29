"""The grading as Exercism's results.json, version 3: a task for each stub.

The site shows this report to the student, so that hidden tests and hidden checks are not in it.
"""

from __future__ import annotations

import json
from typing import Any

from examiner.model import Grading, TestResult
from examiner.reports.words import reasons, title

LONGEST = 65_000  # characters of a message; the site takes 65535
STATUS = {"passed": "pass", "failed": "fail"}


def write(grading: Grading) -> str:
    tests = [
        entry(test, task)
        for task, stub in enumerate(grading.stubs, 1)
        for test in stub.tests
        if not test.hidden and test.verdict.word != "skipped"
    ]
    words = {test["status"] for test in tests}
    results: dict[str, Any] = {"version": 3, "status": overall(words)}
    if results["status"] == "error":
        messages = dict.fromkeys(test["message"] for test in tests)
        results["message"] = "\n\n".join(filter(None, messages))[:LONGEST] or "No test has run."
    return json.dumps({**results, "tests": tests}, indent=1) + "\n"


def overall(words: set[str]) -> str:
    """`error` only where no test has run."""
    if words == {"pass"}:
        return "pass"
    return "fail" if words & {"pass", "fail"} else "error"


def entry(test: TestResult, task: int) -> dict[str, Any]:
    told = [f"{label}: {text}" for reason in reasons([test]) for label, text in reason.parts]
    return {
        "name": title(test),
        "status": STATUS.get(test.verdict.word, "error"),
        "message": "\n".join(told)[:LONGEST] or None,
        "output": None,
        "task_id": task,
    }
