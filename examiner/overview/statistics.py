"""How hard each test was, and how well it tells people apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from examiner.batch.store import Store

FEWEST = 8  # submissions below which a correlation says nothing
CLEAR = 0.4  # a correlation from which on a test tells people apart well


@dataclass(frozen=True)
class Item:
    """One test.

    Attributes:
        passed: the share of those who changed the stub that pass it, from 0 to 1.
        tells_apart: the correlation of passing it with the share of all other tests that one
            passes, from -1 to 1; none where all did the same, or too few took part.
    """

    kata: str
    stub: str
    test: str
    sentence: str
    beyond: bool
    took_part: int
    passed: float
    tells_apart: float | None

    @property
    def title(self) -> str:
        """The test in words, with the values of its parameters."""
        _, bracket, values = self.test.partition("[")
        return f"{self.sentence or self.test} {bracket}{values}".strip()

    @property
    def remark(self) -> str:
        """What is to be learned from it, in words."""
        if not self.took_part:
            return "nobody tried"
        if self.passed == 0:
            return "nobody passes"
        if self.passed == 1:
            return "everybody passes"
        if self.tells_apart is None:
            return ""
        if self.tells_apart < -CLEAR / 2:
            return "the weaker pass it more often: look at the test"
        return "tells people apart well" if self.tells_apart >= CLEAR else ""


@dataclass(frozen=True)
class Board:
    """Who passed what.

    Attributes:
        people: names of submissions, the best first.
        tests: (kata, stub, test), in the order of the katas.
        passed: of shape (tests, people); NaN where somebody did not change the stub.
    """

    people: list[str]
    tests: list[tuple[str, str, str]]
    passed: npt.NDArray[np.float64]


def board(store: Store) -> Board:
    """Everything but tests that were skipped."""
    rows = store.rows(
        "SELECT submission, kata, stub, test, word, changed FROM test "
        "JOIN stub USING (submission, kata, stub) WHERE word != 'skipped' ORDER BY test.rowid"
    )
    places: dict[tuple[str, str, str], int] = {}
    for row in rows:
        places.setdefault((row["kata"], row["stub"], row["test"]), len(places))
    people = best_first(store)
    columns = {name: number for number, name in enumerate(people)}
    passed = np.full((len(places), len(people)), np.nan)
    for row in rows:
        if row["changed"]:
            place = places[row["kata"], row["stub"], row["test"]], columns[row["submission"]]
            passed[place] = row["word"] == "passed"
    order = sorted(places, key=lambda test: (test[:2], places[test]))
    return Board(people, order, passed[[places[test] for test in order]])


def best_first(store: Store) -> list[str]:
    rows = store.rows(
        "SELECT name FROM submission WHERE word = 'graded' "
        "ORDER BY idea_passed + beyond_passed DESC, name"
    )
    return [row["name"] for row in rows]


def items(store: Store, found: Board) -> list[Item]:
    """Difficulty and discrimination of each test."""
    told = {
        (row["kata"], row["stub"], row["test"]): row
        for row in store.rows("SELECT DISTINCT kata, stub, test, sentence, beyond FROM test")
    }
    everyone = np.nan_to_num(found.passed)
    totals = everyone.sum(axis=0)
    measured = []
    for key, own, counted in zip(found.tests, found.passed, everyone, strict=True):
        tried = ~np.isnan(own)
        rest = totals - counted
        measured.append(
            Item(
                *key,
                sentence=told[key]["sentence"],
                beyond=bool(told[key]["beyond"]),
                took_part=int(tried.sum()),
                passed=float(own[tried].mean()) if tried.any() else 0.0,
                tells_apart=correlation(own[tried], rest[tried]),
            )
        )
    return measured


def correlation(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float | None:
    if len(one) < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def scores(store: Store) -> list[float]:
    """The share of tests that each submission passes."""
    rows = store.rows(
        "SELECT idea_passed + beyond_passed AS passed, idea_tests + beyond_tests AS tests "
        "FROM submission WHERE word = 'graded'"
    )
    return [row["passed"] / row["tests"] for row in rows if row["tests"]]


def misconceptions(store: Store) -> list[tuple[str, str, str, int]]:
    """Kata, stub, the misconception, and how many have it; the one met most first."""
    rows = store.rows("SELECT kata, stub, sentence FROM misconception")
    count = Counter((row["kata"], row["stub"], row["sentence"]) for row in rows)
    return [(*key, number) for key, number in count.most_common()]
