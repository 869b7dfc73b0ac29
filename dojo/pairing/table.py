"""Where two people sit: their session, with its branch and remote where there are any."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

from dojo.catalogue import Catalogue
from dojo.pairing.branch import Branch
from dojo.pairing.exchange import Exchange, Outcome
from dojo.pairing.git import Git, PairError
from dojo.pairing.people import reached
from dojo.pairing.remote import Remote
from dojo.pairing.session import Session


@dataclass
class Table:
    root: Path
    session: Session
    branch: Branch | None = None
    remote: Remote | None = None

    @staticmethod
    def of(catalogue: Catalogue, session: Session) -> Table:
        terms, git = session.agreed(), Git.at(catalogue.root)
        if not terms.branch or not git:
            return Table(catalogue.root, session)
        kata = catalogue.kata(terms.kata)
        branch = Branch(git, catalogue.root, kata, terms.branch, reached(terms.people, git))
        return Table(catalogue.root, session, branch, found(git, terms.remote))

    def share(self, subject: str, always: bool = False, driver: str = "") -> Outcome:
        """Commit, merge and push; with a driver, as a hand-over. Raises PairError."""
        if not self.branch:
            return Outcome("")
        if (head := self.branch.git.branch()) == self.branch.name:
            raise PairError(f"You are on {head} itself: `git switch` to your own branch first.")
        said, before = trailers(self.session, driver), self.branch.tip
        exchange = Exchange(self.branch, self.remote, subject, said, always, bool(driver))
        outcome = exchange.run()
        return replace(outcome, news=outcome.tip != before)

    def heed(self, outcome: Outcome, driver: str = "") -> list[str]:
        """Whose turn it is now: as git says it, which may come from the other machine, or without
        git the driver's that is given. Returns what there is to say."""
        if self.over(outcome):
            return [*outcome.sentences, "The other machine is done: `dojo pair done` ends it here."]
        if self.branch and outcome.tip:
            self.adopt(self.branch.trailers(outcome.tip))
        elif driver not in ("", self.session.driver):
            self.session.record("turn", driver=driver)
        return outcome.sentences

    def over(self, outcome: Outcome) -> bool:
        """Whether the other machine has said that it is done."""
        return bool(self.branch and outcome.tip and self.branch.over(outcome.tip))

    def adopt(self, said: dict[str, str]) -> None:
        """Whose turn it is, and for what, as a commit says it."""
        session, driver, test = self.session, said.get("Pair-Driver"), said.get("Pair-Test")
        names = [each.name for each in session.agreed().people]
        began = moment(said.get("Pair-Began", ""))
        later = began - session.began > 0.001  # a commit says it in milliseconds
        if driver in names and (driver != session.driver or later):
            session.record("turn", driver=driver, began=began or time.time())
        if test and test != session.picked:
            sentence = said.get("Pair-Sentence", "")
            session.record("pick", test=printable(test), sentence=printable(sentence))


def trailers(session: Session, driver: str = "") -> dict[str, str]:
    """What the other machine is told; another driver begins anew, and with no test picked."""
    terms, hands_over = session.agreed(), driver not in ("", session.driver)
    picked = {
        "Pair-Test": session.picked,
        "Pair-Sentence": " ".join(session.sentence.split()),
    }
    return {
        "Pair-Mode": terms.mode.value,
        "Pair-Minutes": f"{terms.minutes:g}",
        "Pair-Driver": driver or session.driver,
        "Pair-Began": f"{time.time() if hands_over else session.began:.3f}",
        **({} if hands_over else picked),
        "Pair-Machine": terms.machine,
    }


def moment(text: str) -> float:
    """When a turn began, as a commit says it: not later than now, whatever the clock there says.
    0 where it says nothing."""
    digits = re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text)
    return min(float(text), time.time()) if digits else 0.0


def printable(text: str) -> str:
    """What another machine says goes to the terminal, and must not steer it."""
    return "".join(letter for letter in text if letter.isprintable())


def found(git: Git, name: str) -> Remote | None:
    """The remote of that name, if it is still configured."""
    return Remote(git, name) if name and name in git.text("remote").split("\n") else None
