"""What a grading found out: plain data that all reports are written from.

The JSON report is this data as it stands; docs/grading.schema.json documents its fields. One that
goes or changes its meaning changes SCHEMA.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dojo.report.verdict import Verdict

SCHEMA = "tf-katas/grading/1"


class ExaminerError(Exception):
    """Input that cannot be graded, or something that is missing here; one sentence says what."""


class FaultError(ExaminerError):
    """The examiner's own side failed. It says nothing about the submission: try again."""


@dataclass(frozen=True)
class TestResult:
    """One test of a stub.

    Attributes:
        verdict: what came out; the words of dojo.report.verdict.
        hidden: whether the candidate did not have it.
    """

    verdict: Verdict
    hidden: bool = False

    @property
    def beyond(self) -> bool:
        """Whether the test is beyond the idea of the stub."""
        return self.verdict.beyond


@dataclass(frozen=True)
class ProbeResult:
    """One hidden check: what the answer gave for inputs that it had never seen.

    Attributes:
        sentence: what is checked.
        passed: whether the examiner, who holds the expected values, agrees.
        seen: what was wrong; empty if nothing was.
    """

    sentence: str
    passed: bool
    seen: str = ""


@dataclass(frozen=True)
class Likeness:
    """How much of a candidate's code is also in another file, as a share of tokens from 0 to 1.

    Attributes:
        name: "the published solution", or the name of an accept.
        source: the text of the other file.
    """

    name: str
    share: float
    source: str


@dataclass
class StubResult:
    """One stub of a submission.

    Attributes:
        file: where the submission has it; empty if it does not.
        source: its text.
        changed: whether it differs from the stub as exported.
        misconceptions: sentences of the known mistakes that fail in the same way.
        flags: constructs that no known right answer needs, each with its line.
        doubts: what the controls found; with one, the verdicts cannot be trusted.
        questions: follow-up questions for the interview.
        failed_at: lines of `source` that a failure names.
    """

    kata: str
    stub: str
    title: str
    minutes: int
    file: str = ""
    source: str = ""
    changed: bool = False
    tests: list[TestResult] = field(default_factory=list)
    probes: list[ProbeResult] = field(default_factory=list)
    misconceptions: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    likeness: list[Likeness] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    failed_at: list[int] = field(default_factory=list)
    hints: int | None = None

    def count(self, beyond: bool) -> tuple[int, int]:
        """How many tests of a level have passed, and how many there are; skipped ones left out."""
        tests = [t for t in self.tests if t.beyond == beyond and t.verdict.word != "skipped"]
        return sum(test.verdict.passed for test in tests), len(tests)

    @property
    def full(self) -> bool:
        """Whether every test and every probe has passed."""
        passed, tests = map(sum, zip(self.count(False), self.count(True), strict=True))
        return tests > 0 and passed == tests and all(probe.passed for probe in self.probes)


@dataclass
class Grading:
    """One submission.

    Attributes:
        name: what the submission is called, its file or folder.
        seed: of the random inputs of the probes and of the choice of controls.
        isolation: in words, how the code was locked in; `locked` says whether it was.
        ignored: files that were not looked at, each of which costs no point.
        notes: the candidate's NOTES.md.
        remarks: what concerns the whole submission: a process that was ended from within, say.
        history: from git, when what was committed: (time in ISO 8601, subject).
        environment: versions of what ran, by name.
    """

    name: str
    seed: int
    isolation: str
    started: str
    seconds: float
    stubs: list[StubResult]
    ignored: list[str] = field(default_factory=list)
    notes: str = ""
    remarks: list[str] = field(default_factory=list)
    history: list[tuple[str, str]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    locked: bool = True
    schema: str = SCHEMA

    def count(self, beyond: bool) -> tuple[int, int]:
        """How many tests of a level have passed, over all stubs, and how many there are."""
        counts = [stub.count(beyond) for stub in self.stubs]
        return sum(passed for passed, _ in counts), sum(tests for _, tests in counts)

    @property
    def doubts(self) -> list[str]:
        """All that a person must look at before they believe the verdicts."""
        found = list(self.remarks)
        if not self.locked:
            found.append("The code was not locked in (--unsafe).")
        for stub in self.stubs:
            where = f"{stub.kata} {stub.stub}"
            found += [f"{where}: {doubt}" for doubt in stub.doubts]
            found += [f"{where}: {flag}" for flag in stub.flags]
            if stub.count(False)[0] + stub.count(True)[0] == len(stub.tests):
                found += [
                    f"{where}: all tests pass, but not the hidden check: {probe.sentence}"
                    for probe in stub.probes
                    if not probe.passed
                ]
        return found
