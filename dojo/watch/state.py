"""What the watch knows: verdicts as they come in, and what to show of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.report.board import Judged, judged_of
from dojo.report.verdict import Verdict

Key = tuple[str, str]  # kata, stub
OPEN, IDEA, ALL = range(3)
REACHED = {
    IDEA: "{stub}: its idea is done; the tests that are left are beyond it.",
    ALL: "{stub} is done.",
}


@dataclass
class Roles:
    """Who does what, when two people share the watch.

    Attributes:
        mode: driver, pingpong or interview.
        driver, navigator: their names.
        ends: when the turn is over, in seconds since the epoch.
        turn: whose turn it is and for what, in a sentence.
    """

    mode: str
    driver: str
    navigator: str
    ends: float
    turn: str


@dataclass
class State:
    """Of the stubs that are watched.

    Attributes:
        verdicts: by kata and stub, then by test.
        checking: what is being judged, in words; empty between runs.
        message: one line about what has happened.
        at: which failing test is shown; it counts from the first.
        focus: the stub that was saved last, whose failing tests come first.
        beyond: whether its idea had passed before that save, so that this is about what is beyond.
        hint: the text of the hint that is shown.
        reached: how far each stub was when it was last judged: OPEN, IDEA or ALL.
        outputs: what the last run of each stub printed.
        page: the address of the page, if there is one.
        roles: of two people at one kata.
    """

    catalogue: Catalogue
    stubs: list[tuple[Kata, Stub]]
    verdicts: dict[Key, dict[str, Verdict]] = field(default_factory=dict)
    checking: str = ""
    message: str = ""
    at: int = 0
    focus: Key | None = None
    beyond: bool = False
    hint: str = ""
    reached: dict[Key, int] = field(default_factory=dict)
    outputs: dict[Key, str] = field(default_factory=dict)
    page: str = ""
    roles: Roles | None = None

    def take(self, verdicts: Iterable[Verdict]) -> None:
        """Verdicts of a run that goes on; a later one on the same test replaces an earlier."""
        for verdict in verdicts:
            known = self.verdicts.setdefault((verdict.kata, verdict.stub), {})
            if not verdict.test:
                known.clear()  # the stub could not be imported
            else:
                known.pop("", None)
            known[verdict.test] = verdict

    def save(self, key: Key) -> None:
        """What follows is about this stub first."""
        self.focus, self.beyond = key, self.is_solved(key)

    def is_solved(self, key: Key) -> bool:
        """Whether the idea of a stub had passed when it was judged last."""
        return self.reached.get(key, OPEN) > OPEN

    def finish(self, key: Key, verdicts: Iterable[Verdict]) -> None:
        """All verdicts on a stub: tests of which nothing was said are gone."""
        found = {verdict.test: verdict for verdict in verdicts}
        if not found:
            return
        self.verdicts[key] = found
        before, self.reached[key] = self.reached.get(key, ALL), reached(found.values())
        if self.reached[key] > before:
            self.message = REACHED[self.reached[key]].format(stub=key[1])

    def judged(self) -> list[Judged]:
        return judged_of(self.catalogue, [v for of in self.verdicts.values() for v in of.values()])

    def failing(self) -> list[tuple[Judged, Verdict]]:
        """The failing tests: the ideas of all stubs, then what is beyond them.

        In each of the two, the stub that was saved comes first; before both, if its idea was done.
        """

        def place(pair: tuple[Judged, Verdict]) -> tuple[bool, bool, bool]:
            saved = pair[0].key == self.focus
            return not (saved and self.beyond), pair[1].beyond, not saved

        failing = [(each, verdict) for each in self.judged() for verdict in each.wrong]
        return sorted(failing, key=place)

    def shown(self) -> tuple[Judged, Verdict] | None:
        """The failing test that is shown."""
        failing = self.failing()
        return failing[self.at % len(failing)] if failing else None

    def output(self) -> str:
        """What the stub of the test that is shown has printed; of all, if nothing fails."""
        shown = self.shown()
        if shown:
            return self.outputs.get((shown[0].kata, shown[0].stub.id), "")
        return "\n".join(self.outputs.values())

    def place(self) -> str:
        """Which of the failing tests is shown, as " (2 of 5)"; nothing if it is the only one."""
        number = len(self.failing())
        return f" ({self.at % number + 1} of {number})" if number > 1 else ""

    def first_failing(self, key: Key) -> str:
        """The name of the stub's first failing test; empty if there is none."""
        wrong = [verdict for judged, verdict in self.failing() if judged.key == key]
        return wrong[0].function if wrong else ""

    def file(self) -> Path:
        """The stub that comes next: that of the test shown, or the first."""
        shown = self.shown()
        kata, stub = self.stubs[0]
        if shown:
            kata, stub = self.catalogue.kata(shown[0].kata), shown[0].stub
        return kata.folder / f"{stub.id}.py"


def reached(verdicts: Iterable[Verdict]) -> int:
    """How far a stub is."""
    left = {verdict.beyond for verdict in verdicts if verdict.word not in ("passed", "skipped")}
    return OPEN if False in left else IDEA if left else ALL
