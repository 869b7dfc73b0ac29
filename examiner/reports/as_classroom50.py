"""The grading as a Classroom 50 result file: a point for each test.

The schema is classroom50/result/v1 of github.com/foundation50/classroom50; its runner says who
sent what in the environment of the autograder. Students see this report, so that hidden tests are
one entry without words, and hidden checks are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from examiner.model import ExaminerError, Grading, TestResult
from examiner.reports.words import line, title

SCHEMA = "classroom50/result/v1"
TOLD = {  # by field, what the runner calls it
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def write(grading: Grading, environment: Mapping[str, str]) -> str:
    """The report.

    Raises:
        ExaminerError: `environment` is not that of the runner.
    """
    if missing := [name for name in TOLD.values() if not environment.get(name)]:
        raise ExaminerError(f"Classroom 50 sets {', '.join(missing)}, which is not set here.")
    told = {field: environment[name] for field, name in TOLD.items()}
    owner = environment.get("OWNER") or environment.get("USERNAME") or ""
    tests = entries(grading)
    result = {
        "schema": SCHEMA,
        **told,
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": owner,
        "review": environment.get("REVIEW_URL") or told["commit"],
        "datetime": in_utc(grading.history[-1][0] if grading.history else grading.started),
        "graded_at": in_utc(grading.started),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(result, indent=1) + "\n"


def entries(grading: Grading) -> list[dict[str, Any]]:
    found = []
    for stub in grading.stubs:
        counted = [test for test in stub.tests if test.verdict.word != "skipped"]
        shown = [test for test in counted if not test.hidden]
        found += [entry(f"{stub.title}: {title(test)}", [test]) for test in shown]
        if hidden := [test for test in counted if test.hidden]:
            found.append(entry(f"{stub.title}: hidden tests", hidden))
    return found


def entry(name: str, tests: list[TestResult]) -> dict[str, Any]:
    passed = sum(test.verdict.passed for test in tests)
    return {
        "test-name": line(name),
        "passed": passed == len(tests),
        "score": passed,
        "max-score": len(tests),
    }


def in_utc(time: str) -> str:
    return f"{datetime.fromisoformat(time).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
