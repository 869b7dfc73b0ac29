"""The overview of a batch as one HTML file: nothing from the network, a script for tables only."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from examiner.batch.store import Store
from examiner.model import Grading
from examiner.overview import plots, statistics
from examiner.overview.pairs import pairs
from examiner.reports import as_html, words

SCRIPT = (Path(__file__).parent / "overview.js").read_text(encoding="utf-8")
Counts = tuple[int, int]  # passed, of how many


@dataclass(frozen=True)
class Row:
    """One submission in the table."""

    name: str
    link: str
    idea: Counts
    beyond: Counts
    checks: Counts
    complete: Counts
    doubts: int

    @property
    def share(self) -> int:
        """Tests passed, in percent."""
        return words.share((self.idea[0] + self.beyond[0], self.idea[1] + self.beyond[1]))


def write(store: Store, root: Path, folders: dict[str, str]) -> str:
    """The page.

    Args:
        root: the checkout, for stubs and solutions.
        folders: where each submission's reports are, relative to the page.
    """
    found = statistics.board(store)
    measured = statistics.items(store, found)
    people = sorted(rows(store, folders), key=lambda row: (-row.share, row.name))
    return (
        as_html.environment()
        .get_template("overview/overview.html.j2")
        .render(
            people=people,
            headline=headline(people),
            not_graded=store.rows("SELECT * FROM submission WHERE word != 'graded' ORDER BY name"),
            histogram=plots.histogram(statistics.scores(store)),
            scatter=plots.scatter(measured),
            heat_map=plots.heat_map(found) if found.passed.size else "",
            doubts=store.rows("SELECT submission, sentence FROM doubt ORDER BY submission"),
            misconceptions=statistics.misconceptions(store),
            pairs=pairs(store, root),
            items=measured,
            script=Markup(SCRIPT),
            script_digest=base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode(),
            zip=zip,
        )
    )


def rows(store: Store, folders: dict[str, str]) -> Iterator[Row]:
    for name, grading in store.gradings():
        probes = [probe for stub in grading.stubs for probe in stub.probes]
        yield Row(
            name,
            quote(f"{folders[name]}/scorecard.html"),
            grading.count(False),
            grading.count(True),
            words.probes_passed(probes),
            complete(grading),
            len(grading.doubts),
        )


def complete(grading: Grading) -> Counts:
    return sum(stub.full for stub in grading.stubs), len(grading.stubs)


def headline(people: list[Row]) -> str:
    everything = sum(row.complete[0] == row.complete[1] for row in people)
    doubtful = sum(row.doubts > 0 for row in people)
    parts = [f"{everything} complete", f"{doubtful} to be looked at"]
    return f"{len(people)} graded: {', '.join(parts)}."
