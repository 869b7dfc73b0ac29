"""The end of a session: one commit of both on the branch that they came from."""

from __future__ import annotations

from dojo.pairing.branch import DONE, YES, Branch, message_of
from dojo.pairing.exchange import LATER, Outcome
from dojo.pairing.git import GitError, PairError
from dojo.pairing.remote import Remote, RemoteError
from dojo.pairing.session import Terms
from dojo.pairing.table import Table, trailers


def finish(table: Table, keep: bool) -> list[str]:
    """Raises PairError where it cannot be done yet; nothing is changed then."""
    branch = table.branch
    if branch is None:
        return []
    terms = table.session.agreed()
    keep = keep or not terms.home
    if not keep:
        check(branch, terms)
    outcome = table.share(f"{terms.kata}: the last turn")
    check_heard(branch, table.remote, outcome)
    tip, lines = outcome.tip, outcome.sentences
    if keep:
        close(table, tip)
        return [*lines, f"The work is on {branch.name}.", *announced(table)]
    before = branch.git.commit_of("HEAD")
    commit, line = squash(branch, terms, tip)
    if commit == before and handed_over(branch, tip):
        close(table, tip)
        kept = f"What was handed over is in none of your files any more: it is on {branch.name}."
        return [*lines, line, kept, *announced(table)]
    return [*lines, line, *clear_up(table, tip, commit)]


def check(branch: Branch, terms: Terms) -> None:
    """Whether a commit can be made where they came from."""
    if what := branch.git.unfinished():
        raise PairError(f"A {what} is unfinished here: end it or abort it, then `dojo pair done`.")
    here = branch.git.branch()
    if here != terms.home:
        raise PairError(
            f"You came from {terms.home}, and are on {here or 'no branch'} now: "
            f"`git switch {terms.home}`, or `dojo pair done --keep`."
        )


def check_heard(branch: Branch, remote: Remote | None, outcome: Outcome) -> None:
    """What the other machine has typed is not left out by accident."""
    shared = remote and branch.git.commit_of(f"refs/remotes/{remote.name}/{branch.name}")
    if shared and not outcome.heard:
        reason = outcome.sentences[0].removesuffix(LATER)
        again = (
            "Say `dojo pair done` again when it can be reached: the other machine may have more."
        )
        raise PairError(reason + again)


def squash(branch: Branch, terms: Terms, tip: str) -> tuple[str, str]:
    """The commit on their branch, and what there is to say about it."""
    git = branch.git
    head = git.commit_of("HEAD")
    assert head
    base = their_commit(branch, tip, head) or head
    people = " and ".join(each.name for each in terms.people)
    message = message_of(f"{terms.kata}: {branch.kata.title}, by {people}", {}, branch.people)
    commit = branch.commit(base, branch.blobs_in(tip), message, base)
    if git.says_yes("diff", "--quiet", base, commit):
        commit = base
    if commit == head:
        return head, f"Nothing was changed: {terms.home} stays as it is."
    advance(branch, terms, head, commit)
    if base not in (head, commit):
        first = f"{terms.home} has the commit of the other machine, {base[:8]}"
        return commit, f"{first}, and one with what was typed here after it: {commit[:8]}."
    shared = "; `git push` shares it" if terms.remote else ""
    return commit, f"One commit of both on {terms.home}: {commit[:8]}{shared}."


def handed_over(branch: Branch, tip: str) -> bool:
    """Whether a turn has changed anything, though no file shows it any more."""
    git = branch.git
    turns = git.text("log", "--format=%H", tip, "--not", "HEAD").split()
    return any(not git.says_yes("diff", "--quiet", "HEAD", turn) for turn in turns)


def their_commit(branch: Branch, tip: str, head: str) -> str | None:
    """The commit that the other machine has made already, if it follows on from ours, and is about
    the files of the pair alone."""
    git, over = branch.git, branch.over(tip)
    made = git.commit_of(f"{over}^2") if over else None
    if not made or git.commit_of(f"{made}^1") != head:
        return None
    changed = git.paths("diff", "--name-only", "-z", head, made)
    return made if all(map(branch.ours, changed)) else None


def advance(branch: Branch, terms: Terms, head: str, commit: str) -> None:
    """Move their branch. What they have staged stays staged, a stub as well.

    The index comes first: if we end in between, it has what the commit is going to have.
    """
    git = branch.git
    blobs = branch.blobs_in(commit)
    specs = [f":(top,literal){path}" for path in blobs]
    staged = git.paths("diff", "--cached", "--name-only", "-z", "HEAD", "--", *specs)
    free = {path: blob for path, blob in blobs.items() if path not in staged}
    try:
        git.stage(commit, free)
        git.text("update-ref", "-m", "dojo pair done", f"refs/heads/{terms.home}", commit, head)
    except GitError as error:
        raise PairError(f"{terms.home} stays as it is: {error.reason}") from None


def close(table: Table, tip: str, *parents: str) -> str:
    """A last commit, from which the other machine sees that it is over."""
    assert table.branch
    branch, terms = table.branch, table.session.agreed()
    said = trailers(table.session) | {DONE: YES}
    message = message_of(f"{terms.kata}: done", said, branch.people)
    commit = branch.commit(tip, {}, message, tip, *parents)
    branch.move(commit, tip)
    return commit


def announced(table: Table) -> list[str]:
    """Tell the other machine."""
    branch, remote = table.branch, table.remote
    if not branch or not remote:
        return []
    tip = branch.tip
    assert tip
    try:
        remote.push(branch.name, tip, remote.fetch(branch.name))
    except RemoteError as error:
        return [f"{error}."]
    return []


def clear_up(table: Table, tip: str, commit: str) -> list[str]:
    """Remove the branch, here and, when no machine needs it any more, on the remote."""
    branch, remote = table.branch, table.remote
    assert branch
    lines = []
    if remote and branch.git.commit_of(f"refs/remotes/{remote.name}/{branch.name}"):
        lines = leave(table, remote, tip, commit)
    if now := branch.tip:
        branch.git.text("update-ref", "-d", branch.ref, now)
    return lines


def leave(table: Table, remote: Remote, tip: str, commit: str) -> list[str]:
    """The last machine removes the shared branch; one before it says that it is done."""
    assert table.branch
    branch = table.branch
    if branch.over(tip) or not others(branch, table.session.agreed(), tip):
        try:
            remote.remove(branch.name, tip)
        except RemoteError as error:
            return [f"{error}."]
        return []
    close(table, tip, commit)
    again = "On the other machine, `dojo pair done` takes the same commit."
    return [*announced(table), again]


def others(branch: Branch, terms: Terms, tip: str) -> bool:
    """Whether another machine has taken part."""
    form = "--format=%(trailers:key=Pair-Machine,valueonly)"
    machines = branch.git.text("log", form, tip, "--not", "HEAD").split()
    return set(machines) - {terms.machine} != set()
