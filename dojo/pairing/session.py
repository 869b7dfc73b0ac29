"""A session: two people, one kata, and whose turn it is. It is what its events come to."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from dojo.pairing.events import Event, Log, folder
from dojo.pairing.people import Person


class Mode(StrEnum):
    driver = "driver"
    pingpong = "pingpong"
    interview = "interview"


MINUTES = {Mode.driver: 7.0, Mode.pingpong: 7.0, Mode.interview: 45.0}


@dataclass(frozen=True)
class Terms:
    """What was agreed on at the start.

    Attributes:
        people: the one who drives first, and the other. In an interview, the first answers.
        branch: that the turns are committed on; empty without git.
        remote: through which it is shared; empty on one machine.
        home: the branch they came from; empty on a detached head.
        machine: tells this checkout's commits from those of another.
    """

    kata: str
    mode: Mode
    minutes: float
    people: tuple[Person, Person]
    branch: str = ""
    remote: str = ""
    home: str = ""
    machine: str = ""

    @staticmethod
    def of(event: Event) -> Terms:
        """Raises KeyError, TypeError or ValueError where a line is not as we write it."""
        data = {field.name: event[field.name] for field in fields(Terms)}
        first, second = (Person(**each) for each in data["people"])
        return Terms(**data | {"mode": Mode(data["mode"]), "people": (first, second)})


class Session:
    """Reads its log, and adds to it.

    Attributes:
        driver: the name of the one whose turn it is.
        watched: the kata or the stub of the last watch; empty if there was none.
        picked: the test that was picked for this turn, as `q09/counter::test_x`.
        sentence: what that test proves.
        began: when the turn did.
        ended: whether the session is over.
    """

    def __init__(self, log: Log):
        self.log = log
        self.events: list[Event] = []
        self.terms: Terms | None = None
        self.driver = self.watched = self.picked = self.sentence = ""
        self.began, self.ended = 0.0, False
        self.refresh()

    @staticmethod
    def begin(root: Path, terms: Terms, began: float = 0.0) -> Session:
        """The first turn has begun now, if nothing else is said."""
        stamp = time.strftime("%Y-%m-%dT%H-%M-%S")
        slugs = "-".join(person.slug for person in terms.people)
        name = f"{terms.kata}-{slugs}-{stamp}-{uuid.uuid4().hex[:4]}.jsonl"
        log = Log(folder(root) / name)
        log.append("begin", **asdict(terms))
        log.append("turn", driver=terms.people[0].name, began=began or time.time())
        return Session(log)

    def agreed(self) -> Terms:
        assert self.terms, self.log.file
        return self.terms

    def record(self, what: str, **data: Any) -> None:
        self.log.append(what, **data)
        self.refresh()

    def refresh(self) -> None:
        """Take in what was appended, also by another process."""
        news = list(self.log.news())
        for event in news:
            self.take(event)
        self.events += news

    def take(self, event: Event) -> None:
        match event["what"]:
            case "begin":
                self.terms = Terms.of(event)
            case "turn":
                self.driver, self.began = event["driver"], event.get("began") or event["at"]
                self.picked = self.sentence = ""
            case "pick":
                self.picked, self.sentence = event["test"], event.get("sentence", "")
            case "watch":
                self.watched = event["name"]
            case "end":
                self.ended = True

    @property
    def navigator(self) -> str:
        """The one who does not drive."""
        first, second = self.agreed().people
        return second.name if self.driver == first.name else first.name

    @property
    def ends(self) -> float:
        return self.began + 60 * self.agreed().minutes


def open_sessions(root: Path) -> Iterator[Session]:
    """Those that were never ended, the one that something was written to last first."""
    files = sorted(folder(root).glob("*.jsonl"), key=lambda f: f.stat().st_mtime_ns, reverse=True)
    for file in files:
        try:
            session = Session(Log(file))
        except (KeyError, TypeError, ValueError):
            continue  # no file of ours
        if session.terms and not session.ended:
            yield session
