"""What the watch knows: verdicts as they come in, and what to show of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.report.board import Judged, judged_of
from dojo.report.verdict import Verdict

Key = tuple[str, str]  # kata, stub


@dataclass
class State:
    """Of the stubs that are watched.

    Attributes:
        verdicts: by kata and stub, then by test.
        checking: what is being judged, in words; empty between runs.
        message: one line about what has happened.
        at: which failing test is shown; it counts from the first.
        focus: the stub that was saved last, whose failing tests come first.
        hint: the text of the hint that is shown.
        output: what the last run printed.
    """

    catalogue: Catalogue
    stubs: list[tuple[Kata, Stub]]
    verdicts: dict[Key, dict[str, Verdict]] = field(default_factory=dict)
    checking: str = ""
    message: str = ""
    at: int = 0
    focus: Key | None = None
    hint: str = ""
    output: str = ""

    def take(self, verdicts: Iterable[Verdict]) -> None:
        """Verdicts of a run that goes on; a later one on the same test replaces an earlier."""
        for verdict in verdicts:
            known = self.verdicts.setdefault((verdict.kata, verdict.stub), {})
            if not verdict.test:
                known.clear()  # the stub could not be imported
            else:
                known.pop("", None)
            known[verdict.test] = verdict

    def finish(self, key: Key, verdicts: Iterable[Verdict]) -> None:
        """All verdicts on a stub: tests of which nothing was said are gone."""
        found = {verdict.test: verdict for verdict in verdicts}
        if found:
            self.verdicts[key] = found

    def judged(self) -> list[Judged]:
        return judged_of(self.catalogue, [v for of in self.verdicts.values() for v in of.values()])

    def failing(self) -> list[tuple[Judged, Verdict]]:
        """The tests that did not pass, in the order of the board from the saved stub on."""
        judged = self.judged()
        judged.sort(key=lambda each: (each.kata, each.stub.id) != self.focus)
        return [(each, verdict) for each in judged for verdict in each.wrong]

    def shown(self) -> tuple[Judged, Verdict] | None:
        """The failing test that is shown."""
        failing = self.failing()
        return failing[self.at % len(failing)] if failing else None

    def first_failing(self, key: Key) -> str:
        """The name of the stub's first failing test; empty if there is none."""
        wrong = [
            verdict for judged, verdict in self.failing() if (judged.kata, judged.stub.id) == key
        ]
        return wrong[0].test.split("[")[0] if wrong else ""

    def file(self) -> Path:
        """The stub that comes next: that of the test shown, or the first."""
        shown = self.shown()
        kata, stub = self.stubs[0]
        if shown:
            kata, stub = self.catalogue.kata(shown[0].kata), shown[0].stub
        return kata.folder / f"{stub.id}.py"
