"""Controls: answers that are known to be wrong, judged by the process that judged the candidate's.

Code that has changed the judge, so that it lets everything pass, lets these pass too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dojo.catalogue import Kata, Stub
from dojo.report.known import Mistake, mistakes
from dojo.report.verdict import Verdict
from examiner.contract import tests_of


@dataclass
class Control:
    """Files in the place of the answers, and the tests that must fail with them.

    Attributes:
        what: the files, in words.
        verdicts: what came out; None if the process had ended.
    """

    what: str
    kata: str
    files: dict[str, str]
    args: list[str]
    must_fail: dict[str, set[str]]  # by stub
    verdicts: list[Verdict] | None = field(default=None)

    def message(self, options: list[str]) -> dict[str, Any]:
        return {"args": [*self.args, *options], "files": self.files}

    def doubt(self, stub: str) -> str:
        """What makes the verdicts on a stub doubtful, in a sentence; empty if nothing does."""
        if self.verdicts is None:
            return "the process of the tests ended before it could be checked with known mistakes"
        mine = [verdict for verdict in self.verdicts if verdict.stub == stub]
        if any(verdict.failure and not verdict.test for verdict in mine):
            return ""  # the file could not be imported, which is a failure of all
        failed = {verdict.test.split("[")[0] for verdict in mine if not verdict.passed}
        if missing := self.must_fail.get(stub, set()) - failed:
            return f"{self.what} passes {', '.join(sorted(missing))} in the process of the tests"
        return ""


def controls_for(root: Path, kata: Kata, stubs: list[Stub], draw: random.Random) -> list[Control]:
    """The stubs as shipped, and for each stub a known mistake at a test that it fails."""
    chosen = {stub.id: one for stub in stubs if (one := mistake(root, kata, stub, draw))}
    return [shipped(kata, stubs), *([known(kata, chosen)] if chosen else [])]


def shipped(kata: Kata, stubs: list[Stub]) -> Control:
    files, must_fail = {}, {}
    for stub in stubs:
        files[f"{kata.id}/{stub.id}.py"] = (kata.folder / f"{stub.id}.py").read_text("utf-8")
        tests = tests_of(kata.test_file(stub)).values()
        excepted = set(stub.passes_as_shipped)
        must_fail[stub.id] = {t.name for t in tests if not t.gpu} - excepted
    args = [f"katas/{kata.id}/test_{stub.id}.py" for stub in stubs]
    return Control("the stub as it was exported", kata.id, files, args, must_fail)


def known(kata: Kata, chosen: dict[str, tuple[Mistake, str]]) -> Control:
    files = {f"{kata.id}/{stub}.py": m.file.read_text("utf-8") for stub, (m, _) in chosen.items()}
    args = [f"katas/{kata.id}/test_{stub}.py::{test}" for stub, (_, test) in chosen.items()]
    must_fail = {stub: {test} for stub, (_, test) in chosen.items()}
    return Control("a known mistake", kata.id, files, args, must_fail)


def mistake(root: Path, kata: Kata, stub: Stub, draw: random.Random) -> tuple[Mistake, str] | None:
    """A mistake, and one of the tests that it fails."""
    candidates = [m for m in mistakes(root, kata.id, stub.id) if m.fails]
    if not candidates:
        return None
    one = draw.choice(candidates)
    return one, draw.choice(sorted(one.fails))
