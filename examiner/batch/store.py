"""The results of a batch: one SQLite file, from which all reports are made.

docs/results.md documents its tables. A submission and all that is known of it are written in one
transaction, so that whatever ends the batch leaves whole results only.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from examiner.model import ExaminerError, Grading, StubResult

FILE = "results.sqlite"
SCHEMA = "tf-katas/results/1"
TABLES = """
CREATE TABLE batch (schema TEXT, secret TEXT);
CREATE TABLE submission (
    name TEXT PRIMARY KEY, key TEXT, word TEXT, reason TEXT,
    idea_passed INTEGER, idea_tests INTEGER, beyond_passed INTEGER, beyond_tests INTEGER,
    seconds REAL, started TEXT, seed INTEGER, isolation TEXT, grading TEXT
);
CREATE TABLE stub (
    submission TEXT REFERENCES submission (name) ON DELETE CASCADE,
    kata TEXT, stub TEXT, title TEXT, file TEXT, changed INTEGER, complete INTEGER,
    hints INTEGER, source TEXT
);
CREATE TABLE test (
    submission TEXT REFERENCES submission (name) ON DELETE CASCADE,
    kata TEXT, stub TEXT, test TEXT, sentence TEXT, beyond INTEGER, hidden INTEGER, word TEXT
);
CREATE TABLE hidden_check (
    submission TEXT REFERENCES submission (name) ON DELETE CASCADE,
    kata TEXT, stub TEXT, sentence TEXT, passed INTEGER, seen TEXT
);
CREATE TABLE misconception (
    submission TEXT REFERENCES submission (name) ON DELETE CASCADE,
    kata TEXT, stub TEXT, sentence TEXT
);
CREATE TABLE doubt (
    submission TEXT REFERENCES submission (name) ON DELETE CASCADE, sentence TEXT
);
"""
GRADING = TypeAdapter(Grading)


class Store:
    """The results in a folder; use it as a context manager.

    Raises:
        ExaminerError: there is something else in the folder, or it cannot be written to.
    """

    def __init__(self, report: Path):
        file = report / FILE
        occupied = report.exists() and (not report.is_dir() or any(report.iterdir()))
        if occupied and not file.exists():
            raise ExaminerError(f"{report} is not empty; name a new folder for the report.")
        try:
            report.mkdir(parents=True, exist_ok=True)
            self.base = sqlite3.connect(file, isolation_level=None)
            self.base.execute("PRAGMA foreign_keys = ON")
            self.begin()
        except (OSError, sqlite3.Error) as error:
            raise ExaminerError(f"{file} cannot be used: {error}.") from None

    def begin(self) -> None:
        with self.transaction():
            if not self.rows("SELECT name FROM sqlite_master"):
                for table in TABLES.split(";"):
                    self.base.execute(table)
                values = (SCHEMA, secrets.token_hex(16))
                self.base.execute("INSERT INTO batch VALUES (?, ?)", values)
        schema, self.secret = self.base.execute("SELECT schema, secret FROM batch").fetchone()
        if schema != SCHEMA:
            raise sqlite3.DatabaseError(f"it is of another version, {schema}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def known(self) -> dict[str, str]:
        """The names of what is graded, each with its key."""
        done = self.rows("SELECT name, key FROM submission WHERE word = 'graded'")
        return {row["name"]: row["key"] for row in done}

    def put(self, name: str, key: str, word: str, text: str) -> None:
        """Store one outcome, in the place of an older one of the same name."""
        name, text = clean(name), clean(text)
        grading = GRADING.validate_json(text) if word == "graded" else None
        with self.transaction():
            self.base.execute("DELETE FROM submission WHERE name = ?", [name])
            if grading is None:
                self.insert("submission", name=name, key=key, word=word, reason=text)
            else:
                self.put_grading(name, key, grading, text)

    def put_grading(self, name: str, key: str, grading: Grading, text: str) -> None:
        (idea, ideas), (beyond, beyonds) = grading.count(False), grading.count(True)
        self.insert(
            "submission",
            name=name,
            key=key,
            word="graded",
            reason="",
            idea_passed=idea,
            idea_tests=ideas,
            beyond_passed=beyond,
            beyond_tests=beyonds,
            seconds=grading.seconds,
            started=grading.started,
            seed=grading.seed,
            isolation=grading.isolation,
            grading=text,
        )
        for stub in grading.stubs:
            self.put_stub(name, stub)
        for doubt in grading.doubts:
            self.insert("doubt", submission=name, sentence=doubt)

    def put_stub(self, name: str, stub: StubResult) -> None:
        place = {"submission": name, "kata": stub.kata, "stub": stub.stub}
        self.insert(
            "stub",
            **place,
            title=stub.title,
            file=stub.file,
            changed=stub.changed,
            complete=stub.full,
            hints=stub.hints,
            source=stub.source,
        )
        for test in stub.tests:
            said = {"test": test.verdict.test, "sentence": test.verdict.sentence}
            levels = {"beyond": test.beyond, "hidden": test.hidden}
            self.insert("test", **place, **said, **levels, word=test.verdict.word)
        for probe in stub.probes:
            self.insert("hidden_check", **place, **vars(probe))
        for sentence in stub.misconceptions:
            self.insert("misconception", **place, sentence=sentence)

    def insert(self, table: str, **row: Any) -> None:
        names, places = ", ".join(row), ", ".join("?" * len(row))
        values = [clean(value) if isinstance(value, str) else value for value in row.values()]
        self.base.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        with closing(self.base.execute(query, values)) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def gradings(self) -> Iterator[tuple[str, Grading]]:
        """All that was graded, by name."""
        query = "SELECT name, grading FROM submission WHERE word = 'graded' ORDER BY name"
        for row in self.rows(query):
            yield row["name"], GRADING.validate_json(row["grading"])

    def forget_all_but(self, names: set[str]) -> None:
        """Submissions that are not in the folder any more are in no report."""
        with self.transaction():
            query = "DELETE FROM submission WHERE name NOT IN (SELECT value FROM json_each(?))"
            self.base.execute(query, [json.dumps(sorted(names))])


def clean(text: str) -> str:
    """Half a character cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
