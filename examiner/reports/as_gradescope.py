"""The grading as Gradescope's results.json: a point for each test.

Students see this report there. Hidden tests are shown once grades are published, hidden checks
never: their inputs would be known.
"""

from __future__ import annotations

import json
from typing import Any

from examiner.model import Grading, ProbeResult, StubResult, TestResult
from examiner.reports.words import line, reasons, title


def write(grading: Grading) -> str:
    tests = []
    for number, stub in enumerate(grading.stubs, 1):
        counted = [test for test in stub.tests if test.verdict.word != "skipped"]
        entries = [of_test(stub, test) for test in counted]
        entries += [of_probe(stub, probe) for probe in stub.probes]
        for place, entry in enumerate(entries, 1):
            tests.append({"number": f"{number}.{place}", **entry})
    results = {
        "execution_time": round(grading.seconds, 1),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "output": "Each test is a point.",
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "extra_data": {"schema": grading.schema, "seed": grading.seed},
        "tests": tests,
    }
    return json.dumps(results, indent=1) + "\n"


def of_test(stub: StubResult, test: TestResult) -> dict[str, Any]:
    return {
        **entry(stub, title(test), test.verdict.passed, output(test)),
        "score": float(test.verdict.passed),
        "max_score": 1.0,
        "tags": [f"{stub.kata}/{stub.stub}", "beyond" if test.beyond else "idea"],
        "visibility": "after_published" if test.hidden else "visible",
    }


def of_probe(stub: StubResult, probe: ProbeResult) -> dict[str, Any]:
    """Worth no point: points that nobody can ask about are not fair."""
    return {
        **entry(stub, f"hidden check: {line(probe.sentence)}", probe.passed, line(probe.seen)),
        "score": 0.0,
        "max_score": 0.0,
        "tags": [f"{stub.kata}/{stub.stub}", "hidden check"],
        "visibility": "hidden",
    }


def entry(stub: StubResult, name: str, passed: bool, output: str) -> dict[str, Any]:
    status = "passed" if passed else "failed"
    return {"name": f"{stub.title}: {name}", "status": status, "output": output}


def output(test: TestResult) -> str:
    told = [f"{label}: {text}" for reason in reasons([test]) for label, text in reason.parts]
    return "\n".join(told)
