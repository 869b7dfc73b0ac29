"""The grading as JUnit XML in pytest's dialect, which build servers and test viewers read."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from examiner.model import Grading, ProbeResult, StubResult, TestResult
from examiner.reports.words import NOTHING_SAID, Reason, line, printable, reasons, title

TAGS = {"failed": "failure", "skipped": "skipped"}


def write(grading: Grading) -> str:
    suite = Xml.Element("testsuite", name="pytest")
    suite.append(properties(grading))
    for stub in grading.stubs:
        suite.extend(case_of(stub, test) for test in stub.tests)
        suite.extend(case_of_probe(stub, probe) for probe in stub.probes)
    for name, tag in (("errors", "error"), ("failures", "failure"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("time", f"{grading.seconds:.3f}")
    suite.set("timestamp", line(grading.started))
    root = Xml.Element("testsuites", name="pytest tests")
    root.append(suite)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode")


def properties(grading: Grading) -> Xml.Element:
    facts = {
        "submission": grading.name,
        "schema": grading.schema,
        "seed": str(grading.seed),
        "isolation": grading.isolation,
    }
    found = Xml.Element("properties")
    for name, value in facts.items():
        Xml.SubElement(found, "property", name=name, value=line(value))
    for doubt in grading.doubts:
        Xml.SubElement(found, "property", name="doubt", value=line(doubt))
    return found


def case_of(stub: StubResult, test: TestResult) -> Xml.Element:
    """A test case; a test that was skipped or has not run is never one that passed."""
    name = line(test.verdict.test)
    case = Xml.Element(
        "testcase", classname=f"katas.{stub.kata}.test_{stub.stub}", name=name, time="0.000"
    )
    for reason in reasons([test]):
        add_outcome(case, reason, title(test))
    return case


def add_outcome(case: Xml.Element, reason: Reason, sentence: str) -> None:
    tag = TAGS.get(reason.word, "error")
    parts = reason.parts
    seen = dict(parts)["seen"] if "seen" in dict(parts) else NOTHING_SAID.get(reason.word, "")
    outcome = Xml.SubElement(case, tag, message=line(seen))
    if tag == "skipped":
        outcome.set("type", "pytest.skip")
    told = [sentence, *(f"{label}: {text}" for label, text in parts)]
    outcome.text = "\n".join(told)


def case_of_probe(stub: StubResult, probe: ProbeResult) -> Xml.Element:
    """A hidden check, beside the tests of its stub."""
    case = Xml.Element(
        "testcase",
        classname=f"katas.{stub.kata}.hidden_{stub.stub}",
        name=line(probe.sentence),
        time="0.000",
    )
    if not probe.passed:
        failure = Xml.SubElement(case, "failure", message=line(probe.seen))
        failure.text = printable(f"{probe.sentence}\nseen: {probe.seen}")
    return case
