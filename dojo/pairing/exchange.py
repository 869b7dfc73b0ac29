"""The hand-over: what was typed is committed, then merged with what the other one has pushed."""

from __future__ import annotations

from dataclasses import dataclass, field

from dojo.pairing.branch import Branch, ChangedError, message_of
from dojo.pairing.git import ConflictError, PairError
from dojo.pairing.merging import merged
from dojo.pairing.remote import Remote, RemoteError

TRIES = 5  # while the other one pushes, or saves come in between
TURN = ("Pair-Driver", "Pair-Began", "Pair-Test", "Pair-Sentence")
LATER = "The work is committed here, and goes there with the next hand-over."


@dataclass
class Outcome:
    """What came of a hand-over.

    Attributes:
        tip: the newest commit of the branch; empty without git.
        sentences: what the two should know.
        heard: whether the other machine's work could be asked for.
        news: whether the branch has moved.
    """

    tip: str
    sentences: list[str] = field(default_factory=list)
    heard: bool = True
    news: bool = True


@dataclass(frozen=True)
class Exchange:
    """One hand-over.

    Attributes:
        subject, trailers: of the commits that are made.
        always: whether there is a commit also where nothing was typed.
        hands_over: whether the turn is what our trailers say, whatever theirs do.
    """

    branch: Branch
    remote: Remote | None
    subject: str
    trailers: dict[str, str]
    always: bool = False
    hands_over: bool = False

    def message(self, **turn: str) -> str:
        return message_of(self.subject, self.trailers | turn, self.branch.people)

    def run(self) -> Outcome:
        """Raises ConflictError, and PairError where git refuses; nothing is lost by either."""
        tip = self.keep(self.always or self.hands_over)
        if not self.remote:
            return Outcome(tip)
        for _ in range(TRIES):
            try:
                seen = self.remote.fetch(self.branch.name)
            except RemoteError as error:
                return Outcome(tip, [f"{error}. {LATER}"], heard=False)
            try:
                tip = self.join(tip, seen) if seen else tip
                if seen == tip or self.remote.push(self.branch.name, tip, seen):
                    return Outcome(tip)
            except ChangedError:
                tip = self.keep(always=False)
            except RemoteError as error:
                return Outcome(tip, [f"{error}. {LATER}"])
        raise PairError("You both hand over all the time: the work is committed, try once more.")

    def keep(self, always: bool) -> str:
        """Commit what stands in the files."""
        branch, tip = self.branch, self.branch.tip
        if tip is None:
            raise PairError(f"{branch.name} is gone: `dojo pair` makes it anew, with your files.")
        if names := branch.marked():
            raise ConflictError(
                f"{', '.join(names)}: two texts stand in it, between <<<<<<< and >>>>>>>. "
                "Keep what is right, save, and try again."
            )
        other = branch.git.commit_of(branch.merging)
        known = branch.blobs_in(tip)
        now = branch.blobs_now(known | (branch.blobs_in(other) if other else {}))
        if now == known and not other and not always:
            return tip
        parents = [tip, other] if other else [tip]
        turn = self.turn(common(branch, tip, other), other) if other else {}
        commit = branch.commit(other or tip, now, self.message(**turn), *parents)
        branch.move(commit, tip)
        return commit

    def join(self, ours: str, theirs: str) -> str:
        """What both have: the files first and the branch after them, so that nothing is undone
        if we end in between."""
        branch, git = self.branch, self.branch.git
        if git.says_yes("merge-base", "--is-ancestor", theirs, ours):
            return ours
        before = branch.blobs_in(ours)
        if git.says_yes("merge-base", "--is-ancestor", ours, theirs):
            gone = dict.fromkeys(before)
            branch.write(before, gone | branch.blobs_in(theirs), theirs)
            branch.move(theirs, ours)
            return theirs
        base = common(branch, ours, theirs)
        blobs, conflicts = merged(branch, base, ours, theirs)
        message = self.message(**self.turn(base, theirs))
        commit = branch.commit(theirs, blobs, message, ours, theirs)
        branch.write(before, blobs, commit)
        if conflicts:
            git.text("update-ref", branch.merging, theirs)
            raise ConflictError(conflict(branch, conflicts, ours, theirs))
        branch.move(commit, ours)
        return commit

    def turn(self, base: str, theirs: str) -> dict[str, str]:
        """Whose turn it is after a merge: what the other machine says, if it has said anything."""
        before, now = self.branch.trailers(base), self.branch.trailers(theirs)
        if self.hands_over or all(before.get(name) == now.get(name) for name in TURN):
            return {}
        return {name: now.get(name, "") for name in TURN}


def common(branch: Branch, ours: str, theirs: str) -> str:
    """The commit from which both went on."""
    status, printed, _ = branch.git.run("merge-base", ours, theirs)
    if status:
        raise PairError(f"{branch.name} on the other machine comes from another repository.")
    return printed.decode().split()[0]


def conflict(branch: Branch, paths: list[str], ours: str, theirs: str) -> str:
    names = ", ".join(branch.file(path).name for path in paths)
    return (
        f"You both changed the same lines of {names}: both texts stand in it now, between "
        f"<<<<<<< and >>>>>>>; keep what is right, save, and try again (yours alone is commit "
        f"{ours[:8]}, the other's {theirs[:8]})."
    )
