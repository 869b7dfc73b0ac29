"""A session begins, goes on, or is joined from another machine."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from dojo.catalogue import Catalogue, Kata
from dojo.pairing.branch import DONE, Branch, trailers_of
from dojo.pairing.exchange import common
from dojo.pairing.git import Git, PairError
from dojo.pairing.modes import agreed, turn
from dojo.pairing.people import Person, pair_of, person, reached
from dojo.pairing.remote import Remote, RemoteError
from dojo.pairing.session import MINUTES, Mode, Session, Terms, open_sessions
from dojo.pairing.table import Table, moment
from dojo.report.hints import forget

ALONE = "There is no git repository here: the time is kept, and nothing is committed."
LONGEST = 24 * 60  # minutes of a turn


@dataclass(frozen=True)
class Wish:
    """What was said on the command line; None where nothing was."""

    kata: Kata | None = None
    names: tuple[str, str] | None = None
    mode: Mode | None = None
    minutes: float | None = None
    local: bool = False


@dataclass(frozen=True)
class Joined:
    """A session on the remote: its newest commit, and what was agreed on."""

    tip: str
    terms: Terms


@dataclass(frozen=True)
class Opening:
    """What there is to say first, and what the first commit is called."""

    table: Table
    lines: list[str]
    subject: str = ""
    always: bool = False

    def share(self) -> list[str]:
        """Commit and push, and say whose turn it is then; raises PairError."""
        lines = self.table.heed(self.table.share(self.subject, self.always))
        return [*lines, turn(self.table.session)]


def sit_down(catalogue: Catalogue, wish: Wish) -> Opening:
    """Go on with what is open, join what is on the remote, or begin."""
    if session := open_one(catalogue.root, wish):
        come_back(session)
        table, kata = Table.of(catalogue, session), session.agreed().kata
        lines = [f"It goes on: {agreement(session)}", *unheeded(session, wish), *revived(table)]
        return Opening(table, lines, f"{kata}: it goes on")
    if not wish.kata:
        raise PairError('Nothing is open here: `dojo pair q09 --with "Ada" "Grace"` begins.')
    others = still_open(catalogue.root)
    opening = open_new(catalogue, wish, wish.kata)
    forget(catalogue.root, wish.kata)  # hints that others have seen, the last candidate perhaps
    return replace(opening, lines=[*opening.lines, *others])


def open_new(catalogue: Catalogue, wish: Wish, kata: Kata) -> Opening:
    git = Git.at(catalogue.root)
    if not git:
        session = Session.begin(catalogue.root, terms_of(wish, None))
        return Opening(Table(catalogue.root, session), [agreement(session), ALONE])
    refuse_what_cannot_go_on(git)
    remote = None if wish.local else Remote.of(git)
    there = heads(remote, kata)
    joined = remote and going_on(git, remote, there, wish)
    if joined:
        return join(catalogue, kata, git, joined)
    return begin(catalogue, kata, git, terms_of(wish, git), remote, there)


def still_open(root: Path) -> list[str]:
    """A sentence for each session that was not ended."""
    sessions = (agreement(session) for session in open_sessions(root))
    return [f"Still open: {each} `dojo pair` goes on with the latest." for each in sessions]


def unheeded(session: Session, wish: Wish) -> list[str]:
    """What was asked for and cannot be any more."""
    terms = session.agreed()
    if wish.mode in (None, terms.mode) and wish.minutes in (None, terms.minutes):
        return []
    return ["The mode and the minutes stay: `dojo pair done` ends it, then begin anew."]


def revived(table: Table) -> list[str]:
    """Make the branch anew if somebody has deleted it: the files have the work."""
    branch = table.branch
    if not branch or branch.tip:
        return []
    branch.move(head_of(branch.git), None)
    return [f"{branch.name} was gone: it begins anew, with your files."]


def come_back(session: Session) -> None:
    """A turn that ran out meanwhile begins again; an interview's time goes on."""
    session.record("back")
    if session.agreed().mode is not Mode.interview and time.time() > session.ends:
        session.record("turn", driver=session.driver)


def open_one(root: Path, wish: Wish) -> Session | None:
    """The newest session that fits."""
    names = wish.names and {person(name, None).name for name in wish.names}
    for session in open_sessions(root):
        terms = session.agreed()
        same_kata = wish.kata is None or wish.kata.id == terms.kata
        if same_kata and names in (None, {each.name for each in terms.people}):
            return session
    return None


def begin(
    catalogue: Catalogue, kata: Kata, git: Git, terms: Terms, remote: Remote | None, there: set[str]
) -> Opening:
    """On a branch that is new, here and there."""
    name = unused(git, terms, there)
    terms = here(git, replace(terms, branch=name, remote=remote.name if remote else ""))
    branch = Branch(git, catalogue.root, kata, name, terms.people)
    branch.move(head_of(git), None)
    session = Session.begin(catalogue.root, terms)
    lines = [agreement(session), *about(branch, terms, "taken along")]
    table = Table(catalogue.root, session, branch, remote)
    return Opening(table, lines, f"{kata.id}: they begin", always=True)


def join(catalogue: Catalogue, kata: Kata, git: Git, joined: Joined) -> Opening:
    """From where both repositories were the same; what is changed here is merged."""
    terms = here(git, replace(joined.terms, people=reached(joined.terms.people, git)))
    branch = Branch(git, catalogue.root, kata, terms.branch, terms.people)
    if not branch.tip:
        branch.move(common(branch, head_of(git), joined.tip), None)
    said = branch.trailers(joined.tip)
    session = Session.begin(catalogue.root, terms, moment(said.get("Pair-Began", "")))
    table = Table(catalogue.root, session, branch, Remote(git, terms.remote))
    table.adopt(said)
    lines = [agreement(table.session), *about(branch, terms, "merged in")]
    return Opening(table, lines, f"{kata.id}: another machine joins", always=True)


def here(git: Git, terms: Terms) -> Terms:
    return replace(terms, home=git.branch() or "", machine=uuid.uuid4().hex[:8])


def head_of(git: Git) -> str:
    return git.text("rev-parse", "HEAD")


def refuse_what_cannot_go_on(git: Git) -> None:
    if not git.commit_of("HEAD"):
        raise PairError("This repository has no commit yet: make one, then start.")
    if what := git.unfinished():
        raise PairError(f"A {what} is unfinished here: end it or abort it, then start.")
    if (head := git.branch() or "").startswith("pair/"):
        raise PairError(f"You are on {head}: `git switch` to your own branch first.")


def heads(remote: Remote | None, kata: Kata) -> set[str]:
    """The branches of the kata on the remote; none if it cannot be reached, which is said later."""
    try:
        return set(remote.heads(f"pair/{kata.id}-*")) if remote else set()
    except RemoteError:
        return set()


def going_on(git: Git, remote: Remote, there: set[str], wish: Wish) -> Joined | None:
    """The session on the remote that is meant; None if there is none."""
    assert wish.kata
    found = [joinable(git, remote, name, wish.kata.id) for name in sorted(there)]
    going = [each for each in found if each]
    if wish.names:
        names = {person(name, None).name for name in wish.names}
        going = [each for each in going if {who.name for who in each.terms.people} == names]
    if len(going) > 1:
        pairs = ", ".join(" and ".join(who.name for who in each.terms.people) for each in going)
        raise PairError(f"Several pairs are at {wish.kata.id}: {pairs}. Say --with the two names.")
    return going[0] if going else None


def joinable(git: Git, remote: Remote, branch: str, kata: str) -> Joined | None:
    """What the newest commit of a shared branch says; None if it is over, or not ours."""
    tip = remote.fetch(branch)
    pairs = trailers_of(git, tip) if tip else []
    said = dict(pairs)
    try:
        first, second = (person(who, None) for key, who in pairs if key == "Co-authored-by")
        mode, minutes = Mode(said["Pair-Mode"]), float(said["Pair-Minutes"])
    except (KeyError, ValueError, PairError):
        return None
    if not tip or DONE in said or not 0 < minutes <= LONGEST:
        return None
    return Joined(tip, Terms(kata, mode, minutes, (first, second), branch, remote.name))


def terms_of(wish: Wish, git: Git | None) -> Terms:
    assert wish.kata
    if not wish.names:
        raise PairError(f'Say who you are: `dojo pair {wish.kata.id} --with "Ada" "Grace"`.')
    mode = wish.mode or Mode.driver
    minutes = MINUTES[mode] if wish.minutes is None else wish.minutes
    if not 0 < minutes <= LONGEST:
        raise PairError(f"{minutes:g} minutes are no turn: say more than 0, at most {LONGEST}.")
    return Terms(wish.kata.id, mode, minutes, pair_of(wish.names, git))


def unused(git: Git, terms: Terms, there: set[str]) -> str:
    """The name of a branch that is neither here nor there: an older one is never written to."""
    slugs = "-".join(sorted(each.slug for each in terms.people))
    name = f"pair/{terms.kata}-{slugs}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(n for n in names if n not in there and not git.commit_of(f"refs/heads/{n}"))


def about(branch: Branch, terms: Terms, word: str) -> list[str]:
    """Where the work goes, and what becomes of the changes that are here already."""
    way = f"by way of {terms.remote}" if terms.remote else "on this machine"
    yours = terms.home
    what = "The work is" if terms.mode is Mode.interview else "Turns are"
    lines = [f"{what} committed on {branch.name}, {way}; {yours or 'HEAD'} stays as it is."]
    lines += [unknown(each) for each in terms.people if each.made_up]
    if not yours:
        lines.append(f"You are on no branch: `dojo pair done` leaves the work on {branch.name}.")
    listed = branch.git.paths("status", "--porcelain", "-z", "--no-renames")
    changed = {entry[3:] for entry in listed}
    mine = sorted(path for path in changed if branch.ours(path))
    if mine:
        names = ", ".join(branch.file(path).name for path in mine)
        lines.append(f"Your changes in {names} are {word}.")
    if others := len(changed) - len(mine):
        what = "1 other changed file stays" if others == 1 else f"{others} other changes stay"
        lines.append(f"{what} as {'it is' if others == 1 else 'they are'}.")
    return lines


def unknown(person: Person) -> str:
    return (
        f"git knows no address of {person.name}: the commits say {person.email}. "
        f'Begin with "{person.name} <...>" to give one.'
    )


def agreement(session: Session) -> str:
    terms = session.agreed()
    first, second = (each.name for each in terms.people)
    return f"{first} and {second} at {terms.kata}: {agreed(terms)}."
