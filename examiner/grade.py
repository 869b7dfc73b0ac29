"""Grade one submission: tests, controls and hidden checks in a jail, and a look at its text."""

from __future__ import annotations

import importlib.metadata
import platform
import random
import re
import tempfile
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.contract import Test, tests_of
from dojo.report.known import mistakes, recognized
from dojo.report.verdict import Verdict, Verdicts
from examiner import tree
from examiner.jail import Jail
from examiner.likeness import likenesses
from examiner.model import ExaminerError, Grading, StubResult, TestResult
from examiner.probes import Probe, all_probes
from examiner.questions import questions_for
from examiner.session import Job, Session, split
from examiner.statics import flags, text_of
from examiner.submission import Submission, read_submission, shown
from examiner.terms import Terms, cores

PACKAGES = ("tensorflow", "keras", "numpy", "pytest")


def grade(path: Path, root: Path, terms: Terms | None = None) -> Grading:
    """Grade the submission at `path` with the katas of the checkout `root`.

    Raises:
        ExaminerError: the input cannot be graded, or the examiner's own side fails.
    """
    return grade_submission(read_submission(path, Catalogue(root)), root, terms or Terms())


def grade_submission(submission: Submission, root: Path, terms: Terms) -> Grading:
    """The same for a submission that has been read."""
    began, started = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    seed = random.SystemRandom().randrange(1 << 31) if terms.seed is None else terms.seed
    catalogue, lanes = Catalogue(root), terms.lanes or cores()
    asked = wanted(submission, catalogue, terms.stubs)
    jobs = split(catalogue, asked, lanes)
    probes = [probe for probe in all_probes() if (probe.kata, probe.stub) in asked]
    with ThreadPoolExecutor(1) as pool:  # while TensorFlow is imported, a core has nothing to do
        looked = {
            (job.kata.id, stub.id): pool.submit(look_at, job.kata, stub, submission, root)
            for job in jobs
            for stub in job.stubs
        }
        jail, session = run(jobs, probes, submission, root, replace(terms, seed=seed, lanes=lanes))
        results = {key: look.result() for key, look in looked.items()}
    for job in jobs:
        for stub in job.stubs:
            result = results[job.kata.id, stub.id]
            add_verdicts(result, job, root, set(terms.hidden))
            result.probes = session.answered.get((job.kata.id, stub.id), [])
            result.questions = questions_for(root, job.kata.id, result)
    return Grading(
        submission.name,
        seed,
        jail.isolation,
        started,
        time.monotonic() - began,
        [results[key] for key in asked],
        submission.ignored,
        submission.notes,
        [*another_task(submission, terms.task), *sorted(session.remarks)],
        submission.history,
        environment(),
        jail.locked,
    )


def run(
    jobs: list[Job], probes: list[Probe], submission: Submission, root: Path, terms: Terms
) -> tuple[Jail, Session]:
    """Have everything judged in a jail, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tf-katas-") as folder:
        tree.build(Path(folder), root, dict.fromkeys(job.kata.id for job in jobs), submission)
        with Jail(Path(folder), terms.lanes or 1, terms.limits, terms.unsafe) as jail:
            session = Session(jail, root, terms.seed or 0)
            session.run(jobs, probes)
    return jail, session


def another_task(submission: Submission, task: str) -> list[str]:
    """Whether the submission was packed for another task, in a sentence."""
    packed = submission.manifest.get("id")
    if not task or not isinstance(packed, str) or packed in ("", task):
        return []
    return [f"It was packed for the task {shown(packed)!r}, and graded as {task!r}."]


def environment() -> dict[str, str]:
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **versions, "system": platform.platform()}


def wanted(
    submission: Submission, catalogue: Catalogue, stubs: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The stubs that are graded, in the catalogue's order."""
    every, asked = every_stub(catalogue), set(stubs)
    check_stubs(catalogue, asked)
    asked = asked or told(submission).intersection(every) or set(submission.stubs)
    return [each for each in every if each in asked]


def every_stub(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(kata.id, stub.id) for kata in catalogue.katas.values() for stub in kata.stubs]


def check_stubs(catalogue: Catalogue, stubs: Iterable[tuple[str, str]]) -> None:
    """Raises ExaminerError: one of them is not in the catalogue."""
    if unknown := set(stubs).difference(every_stub(catalogue)):
        raise ExaminerError(f"There is no stub {'/'.join(min(unknown))}.")


def told(submission: Submission) -> set[tuple[str, str]]:
    """The stubs of the task as `dojo pack` has written them down: one that is missing counts."""
    listed = submission.manifest.get("stubs")
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    return {(kata, stub) for kata, _, stub in (name.partition("/") for name in names)}


def look_at(kata: Kata, stub: Stub, submission: Submission, root: Path) -> StubResult:
    """What is known of one stub without running it."""
    shipped = (kata.folder / f"{stub.id}.py").read_text(encoding="utf-8")
    file, data = submission.stubs.get((kata.id, stub.id), ("", b""))
    source = text_of(data)
    result = StubResult(kata.id, stub.id, stub.title, stub.whole_minutes, file, source)
    hints = submission.manifest.get("hints")
    count = hints.get(f"{kata.id}/{stub.id}") if isinstance(hints, dict) else None
    result.hints = count if isinstance(count, int) else None
    result.changed = bool(file) and source.split() != shipped.split()
    if result.changed:
        result.flags = flags(source, root, kata.id, stub.id)
        for name, text in named_helpers(source, submission, kata.id).items():
            result.flags += [f"{name} {flag}" for flag in flags(text, root, kata.id, stub.id)]
        result.likeness = likenesses(source, shipped, root, kata.id, stub.id)
    return result


def add_verdicts(result: StubResult, job: Job, root: Path, hidden: Collection[str]) -> None:
    """What the job of the stub has found out."""
    kata, stub = result.kata, result.stub
    contract = tests_of(job.kata.folder / f"test_{stub}.py")
    verdicts = list(complete(kata, stub, contract, job))
    result.tests = [
        TestResult(verdict, hidden=f"{kata}/{stub}/{verdict.function}" in hidden)
        for verdict in verdicts
    ]
    result.failed_at = sorted(set(lines_of(verdicts, f"{stub}.py")))
    if result.changed:
        known = recognized(verdicts, mistakes(root, kata, stub))
        result.misconceptions = list(dict.fromkeys(mistake.sentence for mistake in known))
        result.doubts = [doubt for control in job.controls if (doubt := control.doubt(stub))]


def named_helpers(source: str, submission: Submission, kata: str) -> dict[str, str]:
    """The texts of the modules beside a stub that it names, or that these name in turn."""
    beside = {name: text_of(data) for (k, name), data in submission.helpers.items() if k == kata}
    named: dict[str, str] = {}
    texts = [source]
    while texts:
        text = unicodedata.normalize("NFKC", texts.pop())  # as Python reads names
        words = set(re.findall(r"\w+", text))
        new = {name: beside[name] for name in beside.keys() - named if Path(name).stem in words}
        named |= new
        texts += new.values()
    return dict(sorted(named.items()))


def complete(kata: str, stub: str, contract: dict[str, Test], job: Job) -> Iterator[Verdict]:
    """A verdict for each test of the contract, in its order, in the examiner's own words.

    What the candidate's process did not say has not run; a file that cannot be imported fails all.
    """
    said = Verdicts()
    for verdict in job.verdicts:
        if (verdict.kata, verdict.stub) == (kata, stub):
            said.add(verdict)
    by_function: dict[str, list[Verdict]] = {}
    for verdict in said.all():
        by_function.setdefault(verdict.function, []).append(verdict)
    whole = by_function.get("", [])
    for name, test in contract.items():
        if test.gpu:
            continue
        lost = replace(whole[0], test=name) if whole else Verdict(kata, stub, name)
        for verdict in by_function.get(name) or [lost]:
            if verdict.word == "skipped" and not test.skips:
                verdict = replace(verdict, word="not-run")
            yield replace(verdict, sentence=test.sentence, line=test.line, beyond=test.beyond)


def lines_of(verdicts: Iterable[Verdict], file: str) -> Iterator[int]:
    """The lines of the candidate's file that failures name."""
    for verdict in verdicts:
        name, _, line = (verdict.failure.yours if verdict.failure else "").rpartition(":")
        if name.endswith(file) and line.isdecimal():
            yield int(line)
