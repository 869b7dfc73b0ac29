"""Controls: answers that are known to be wrong, judged by the process that judged the candidate's.

Code that has changed the judge, so that it lets everything pass, lets these pass too. A known
mistake passes some tests: code that makes up verdicts must judge it to know which.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dojo.catalogue import Kata, Stub
from dojo.contract import tests_of
from dojo.report.known import Mistake, mistakes
from dojo.report.verdict import Verdict

AT_TESTS = 2  # of a stub, at which the one that was exported must fail


@dataclass
class Control:
    """Files in the place of the answers, and the tests that must fail and must pass with them.

    Attributes:
        what: the files, in words.
        verdicts: what came out; None if the process had ended.
    """

    what: str
    kata: str
    files: dict[str, str]
    args: list[str]
    must_fail: dict[str, set[str]]  # by stub
    must_pass: dict[str, set[str]] = field(default_factory=dict)
    verdicts: list[Verdict] | None = field(default=None)

    def message(self, options: list[str]) -> dict[str, Any]:
        return {"args": [*self.args, *options], "files": self.files}

    def doubt(self, stub: str) -> str:
        """What makes the verdicts on a stub doubtful, in a sentence; empty if nothing does."""
        if self.verdicts is None:
            return "the process of the tests ended before it could be checked with known mistakes"
        mine = [verdict for verdict in self.verdicts if verdict.stub == stub]
        seen = {verdict.function for verdict in mine}
        failed = {verdict.function for verdict in mine if not verdict.passed}
        if "" not in failed and (missing := self.must_fail.get(stub, set()) - failed):
            return f"{self.what} passes {', '.join(sorted(missing))} in the process of the tests"
        if missing := self.must_pass.get(stub, set()) - (seen - failed):
            return f"{self.what} fails {', '.join(sorted(missing))} in the process of the tests"
        return ""


@dataclass(frozen=True)
class Known:
    """A known mistake, a test that it fails, and one that it passes if there is any."""

    mistake: Mistake
    fails: str
    passes: str | None

    @property
    def tests(self) -> list[str]:
        return [test for test in (self.fails, self.passes) if test]


def controls_for(root: Path, kata: Kata, stubs: list[Stub], draw: random.Random) -> list[Control]:
    """The stubs as shipped, and for each stub a known mistake at two tests."""
    chosen = {stub.id: one for stub in stubs if (one := one_known(root, kata, stub, draw))}
    return [shipped(kata, stubs, draw), *([known(kata, chosen)] if chosen else [])]


def shipped(kata: Kata, stubs: list[Stub], draw: random.Random) -> Control:
    """At some tests: to judge all of them would take as long as the tests themselves."""
    files, must_fail = {}, {}
    for stub in stubs:
        files[f"{kata.id}/{stub.id}.py"] = (kata.folder / f"{stub.id}.py").read_text("utf-8")
        failing = sorted(set(always_run(kata, stub)) - set(stub.passes_as_shipped))
        must_fail[stub.id] = set(draw.sample(failing, min(AT_TESTS, len(failing))))
    args = [
        f"katas/{kata.id}/test_{stub}.py::{test}"
        for stub, tests in must_fail.items()
        for test in sorted(tests)
    ]
    return Control("the stub as it was exported", kata.id, files, args, must_fail)


def known(kata: Kata, chosen: dict[str, Known]) -> Control:
    return Control(
        "a known mistake",
        kata.id,
        {f"{kata.id}/{s}.py": one.mistake.file.read_text("utf-8") for s, one in chosen.items()},
        [f"katas/{kata.id}/test_{s}.py::{test}" for s, one in chosen.items() for test in one.tests],
        {stub: {one.fails} for stub, one in chosen.items()},
        {stub: {one.passes} for stub, one in chosen.items() if one.passes},
    )


def one_known(root: Path, kata: Kata, stub: Stub, draw: random.Random) -> Known | None:
    """A mistake, at random; one that passes a test comes before one that fails all."""
    tests = set(always_run(kata, stub))
    told_apart = tests - set(stub.passes_as_shipped)
    candidates = [m for m in mistakes(root, kata.id, stub.id) if m.fails & tests]
    partial = [m for m in candidates if told_apart - m.fails]
    if not candidates:
        return None
    one = draw.choice(partial or candidates)
    passes = draw.choice(sorted(told_apart - one.fails)) if partial else None
    return Known(one, draw.choice(sorted(one.fails & tests)), passes)


def always_run(kata: Kata, stub: Stub) -> list[str]:
    """The tests of a stub that no machine skips."""
    tests = tests_of(kata.test_file(stub)).values()
    return [test.name for test in tests if not test.gpu and not test.skips]
