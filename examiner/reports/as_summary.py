"""The grading in short, as Markdown: for the step summary of a build or a note to reviewers.

It names hidden tests and doubts, and so is not for the candidate; feedback.md is.
"""

from __future__ import annotations

from collections.abc import Iterator

from examiner.model import Grading, StubResult
from examiner.reports.markdown import all_told, code, plain
from examiner.reports.words import headline, probes_passed, reasons, score, state


def write(grading: Grading) -> str:
    lines = [f"# Grading of {code(grading.name)}", "", headline(grading)]
    idea, beyond = score(grading.count(False)), score(grading.count(True))
    lines += [f"Idea {idea}, beyond {beyond}.", "", *look(grading), *table(grading)]
    for stub in grading.stubs:
        lines += section(stub)
    lines += ["", f"Seed {grading.seed}. Isolation: {plain(grading.isolation)}."]
    return "\n".join(lines) + "\n"


def look(grading: Grading) -> list[str]:
    if not grading.doubts:
        return ["Nothing stands out.", ""]
    return ["**Look at this:**", "", *(f"- {plain(doubt)}" for doubt in grading.doubts), ""]


def table(grading: Grading) -> Iterator[str]:
    yield "| task | state | idea | beyond | hidden checks |"
    yield "|---|---|---|---|---|"
    for stub in grading.stubs:
        name = f"{stub.kata} {code(stub.stub)}: {plain(stub.title)}"
        counts = (stub.count(False), stub.count(True), probes_passed(stub.probes))
        yield f"| {' | '.join([name, state(stub), *map(score, counts)])} |"


def section(stub: StubResult) -> Iterator[str]:
    """What failed in a stub; nothing if nothing did, or if it was not sent in."""
    failing = reasons(stub.tests) if stub.changed else []
    probes = [probe for probe in stub.probes if not probe.passed]
    if not failing and not probes:
        return
    yield from ("", f"## {plain(stub.title)} ({code(f'{stub.kata}/{stub.stub}')})", "")
    for sentence in stub.misconceptions:
        yield from (f"This fails in the same way as a known mistake: {plain(sentence)}", "")
    yield from all_told(failing)
    for probe in probes:
        yield f"- Hidden check: {plain(probe.sentence)} Seen: {code(probe.seen)}"
