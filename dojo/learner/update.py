"""`dojo update`: new katas and fixes, merged into a checkout. No text of the learner's is lost.

It does what `git pull` does, but for each file by itself, and with texts that are not committed as
well. The common ancestor is the text that was given out.

- Where a merge changes a text that was never committed, a copy stays beside it, as `dojo reset`
  leaves one.
- Where both sides changed the same lines, the file stays as it is. The merge, with marks, is put
  beside it as `counter.py.new`: neither Python, pytest nor `dojo pack` takes that for a module.
- The branch moves on to what is new, or to a merge of both. A ref keeps the commit before, with
  what was not committed.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from dojo.learner.merge import Outcome, Word
from dojo.learner.plan import BEFORE, Plan
from dojo.learner.repository import Difference, Repository

PACKAGES = {"pyproject.toml", "constraints.txt"}
HELD = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(frozen=True)
class Report:
    lines: list[str]
    unsettled: bool = False  # something is left for the learner to decide


def update(root: Path, remote: str, dry_run: bool) -> Report:
    """Merge what is new at a remote, or say what that would come to.

    Raises:
        LearnerError: it cannot be done. All files are as they were, or the sentence says more.
    """
    repository = Repository(root)
    head = repository.head()
    branch, new = repository.fetch(remote)
    base = repository.ancestor(head, new, remote)
    source = f"{branch} of {remote}"
    if base == new:
        return Report([f"Nothing is new: you have all of {source}."])
    with held(), repository.locked() as index:
        plan = Plan(repository, index, head, base, new)
        if dry_run:
            return Report([*lines(plan, {}), "Nothing was changed."], bool(plan.conflicts))
        copies = plan.carry_out(f"dojo update: merge {source}")
    said = [*lines(plan, copies), f"Updated to {source}. {way_back(plan)}", *to_do(plan)]
    return Report(said, bool(plan.conflicts))


def lines(plan: Plan, copies: dict[str, Path]) -> Iterator[str]:
    """File by file; what is left to settle comes last."""
    order = list(Word)
    for change, outcome in sorted(
        plan.outcomes.items(), key=lambda item: order.index(item[1].word)
    ):
        copy = copies.get(change.old)
        if line := words(plan, change, outcome):
            yield f"{line}, your text is kept in {copy.name}" if copy else line


def words(plan: Plan, change: Difference, outcome: Outcome) -> str:
    """What becomes of one file; empty for nothing."""
    old, new = change.old, change.new
    moved = f", was {old}" if old != new else ""
    match outcome.word:
        case Word.taken | Word.same if moved:
            return f"moved     {new}{moved}"
        case Word.taken if not change.before:
            return f"new       {new}"
        case Word.taken if not change.after:
            return f"gone      {new}"
        case Word.taken:
            return f"changed   {new}"
        case Word.same:
            return ""
        case Word.merged:
            return f"merged    {new}{moved}"
        case Word.deleted:
            return f"changed   {new}: you deleted it, and it stays away"
        case Word.kept:
            return f"gone      {new}: you changed it, and yours stays"
        case Word.conflict if moved:
            return f"conflict  {old}: yours stays; it is {new} now"
        case Word.conflict:
            return f"conflict  {old}: yours stays; the merge goes to {plan.beside[change].name}"


def way_back(plan: Plan) -> str:
    if plan.leaves_changes:
        restore = f"git reset --keep {BEFORE}~1, git stash apply --index {BEFORE}"
        return f"The way back: git stash, {restore}."
    return f"The way back: git reset --keep {BEFORE}."


def to_do(plan: Plan) -> Iterator[str]:
    if PACKAGES.intersection(plan.in_files):
        yield "The katas may need other packages now: pip install -e . once more."
    if plan.beside:
        yield (
            "To settle a conflict, choose between the marked lines in the .new file, "
            "and move it over yours."
        )
    if plan.conflicts.keys() - plan.beside.keys():
        yield "Where a file has another name now, bring your lines over to it."


@contextmanager
def held() -> Iterator[None]:
    """Ctrl-C, and the end of the terminal, wait until all files are whole."""
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)

    numbers = [getattr(signal, name) for name in HELD if hasattr(signal, name)]
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)
