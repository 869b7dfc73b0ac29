"""The results for a spreadsheet, and for the gradebook of a Moodle course.

A candidate decides on the name of a file. A cell that a spreadsheet would take for a formula gets
an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from examiner.batch.store import Store
from examiner.reports.words import line

FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")
# What Moodle calls the folders or files when all submissions are downloaded.
FROM_MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_file.*")
COUNTS = ("idea_passed", "idea_tests", "beyond_passed", "beyond_tests")


def scores(store: Store) -> str:
    """A row for each submission: its tests, then how many of each stub have passed."""
    stubs = [(row["kata"], row["stub"]) for row in stubs_of(store)]
    passed = {
        (row["submission"], row["kata"], row["stub"]): row["passed"]
        for row in store.rows(
            "SELECT submission, kata, stub, sum(word = 'passed') AS passed FROM test "
            "GROUP BY submission, kata, stub"
        )
    }
    counted = store.rows("SELECT submission, count(*) AS number FROM doubt GROUP BY 1")
    doubts = {row["submission"]: row["number"] for row in counted}
    head = ["name", "word", "reason", *COUNTS, "doubts", *(f"{k}/{s}" for k, s in stubs)]
    body = [
        [
            row["name"],
            row["word"],
            row["reason"],
            *(row[count] for count in COUNTS),
            doubts.get(row["name"], 0),
            *(passed.get((row["name"], *stub)) for stub in stubs),
        ]
        for row in store.rows("SELECT * FROM submission ORDER BY name")
    ]
    return table(head, body)


def stubs_of(store: Store) -> list[dict[str, str]]:
    return store.rows("SELECT kata, stub FROM stub GROUP BY kata, stub ORDER BY kata, min(rowid)")


def moodle(store: Store) -> str:
    """Grades from 0 to 100 for Moodle's offline grading worksheet; empty for other submissions."""
    query = "SELECT * FROM submission WHERE word = 'graded' ORDER BY name"
    body = []
    for row in store.rows(query):
        told = FROM_MOODLE.fullmatch(row["name"])
        tests = row["idea_tests"] + row["beyond_tests"]
        if told and tests:
            grade = 100 * (row["idea_passed"] + row["beyond_passed"]) / tests
            said = f"Idea {row['idea_passed']} of {row['idea_tests']}, "
            said += f"beyond {row['beyond_passed']} of {row['beyond_tests']}."
            body.append([f"Participant {told['number']}", told["name"], f"{grade:.2f}", said])
    return table(["Identifier", "Full name", "Grade", "Feedback comments"], body) if body else ""


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([cell(each) for each in row] for row in [head, *body])
    return text.getvalue()


def cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = line(value)
    return f"'{text}" if FORMULA.match(text) else text
