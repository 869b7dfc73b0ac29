"""The last verdicts on the learner's own answers, kept in pytest's cache, stub by stub.

How far a learner is follows from the files and from these: each record names the stub and the
test file that it is about by their fingerprints, and says nothing about any others. So nothing
has to be brought up to date when files are renamed, replaced or brought back.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dojo.catalogue import Catalogue
from dojo.fingerprint import fingerprint
from dojo.report.collected import Collected, Where
from dojo.report.judge import Judge
from dojo.report.verdict import Verdicts

FOLDER = "katas-results"  # of pytest's cache
WHOLE_STUB = ""  # stands for all tests where the stub could not be imported
NOT_RUN = "not-run"


@dataclass(frozen=True)
class Record:
    """What is known of one stub.

    Attributes:
        stub: the fingerprint of the learner's file.
        test: the fingerprint of its test file.
        tests: by test, the word of its verdict; one that was collected may be not-run.
    """

    stub: str
    test: str
    tests: dict[str, str] = field(default_factory=dict)

    def fits(self, other: Record) -> bool:
        return (self.stub, self.test) == (other.stub, other.test)

    def updated(self, words: dict[str, str], collected: Sequence[str]) -> Record:
        """With the verdicts of another run on the same files: of tests that ran, no others.

        Args:
            collected: all tests of the test file; empty if it is not known which there are.
        """
        if WHOLE_STUB in words:
            return Record(self.stub, self.test, {WHOLE_STUB: words[WHOLE_STUB]})
        ran = {test: word for test, word in words.items() if word != NOT_RUN}
        known = {test: word for test, word in self.tests.items() if test != WHOLE_STUB} | ran
        every = collected or known | words
        return Record(self.stub, self.test, {test: known.get(test, NOT_RUN) for test in every})


def cache(root: Path) -> Path:
    """Where pytest keeps the records of a checkout."""
    return root / ".pytest_cache" / "d" / FOLDER


def read(folder: Path, kata: str, stub: str) -> Record | None:
    """The record of a stub; None if there is none that can be used."""
    data = read_json(file_in(folder, kata, stub))
    try:
        record = Record(**data)
        words = [*record.tests.items()]
    except (TypeError, AttributeError):
        return None
    plain = all(isinstance(part, str) for pair in words for part in pair)
    return record if plain and words else None


def file_in(folder: Path, kata: str, stub: str) -> Path:
    return folder / f"{kata}.{stub}.json"


def read_json(file: Path) -> Any:
    """What a file of the cache says; None if it is missing or broken."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def write_json(file: Path, data: object) -> None:
    """As a whole or not at all; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as new:
            json.dump(data, new)
        Path(name).replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def files_now(root: Path, kata: str, stub: str) -> Record | None:
    """An empty record of the files as they are; None if one cannot be read."""
    own, test = (root / "katas" / kata / f"{name}.py" for name in (stub, f"test_{stub}"))
    try:
        return Record(fingerprint(own.read_bytes()), fingerprint(test.read_bytes()))
    except OSError:
        return None


class Memory:
    """A pytest plugin that keeps the verdicts of a run on the learner's own answers.

    A stub that was saved while it was being imported is left out: nobody can say which of its
    two texts was judged.
    """

    def __init__(
        self,
        config: pytest.Config,
        catalogue: Catalogue,
        judge: Judge,
        collected: Collected,
        verdicts: Verdicts,
    ):
        self.config, self.judge, self.verdicts = config, judge, verdicts
        self.collected = collected
        self.root = catalogue.root
        self.stubs = {(k.id, s.id) for k in catalogue.katas.values() for s in k.stubs}
        self.judged: dict[Where, Record] = {}  # the files that were imported
        self.split = config.pluginmanager.hasplugin("dsession")  # other processes import

    def pytest_sessionstart(self) -> None:
        if self.split:
            self.judged = {where: files for where in self.stubs if (files := self.files(where))}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        where = self.judge.kata_and_stub(collector.path)
        if where not in self.stubs:
            return (yield)
        before = self.files(where)
        report = yield
        if before and before == self.files(where):
            self.judged[where] = before
        return report

    def files(self, where: Where) -> Record | None:
        return files_now(self.root, *where)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "cache"):
            with contextlib.suppress(OSError):  # a full disk, or one that cannot be written
                self.keep()

    def keep(self) -> None:
        words: dict[Where, dict[str, str]] = {}
        for verdict in self.verdicts.all():
            words.setdefault((verdict.kata, verdict.stub), {})[verdict.test] = verdict.word
        folder = None
        for where in self.judged.keys() & words.keys():
            ran = any(word != NOT_RUN for word in words[where].values())
            if ran and not (self.split and self.files(where) != self.judged[where]):
                folder = folder or self.config.cache.mkdir(FOLDER)
                self.keep_one(folder, where, words[where])

    def keep_one(self, folder: Path, where: Where, words: dict[str, str]) -> None:
        files, old = self.judged[where], read(folder, *where)
        before = old if old and old.fits(files) else files
        after = before.updated(words, self.collected.tests.get(where, ()))
        if after != old:
            write_json(file_in(folder, *where), asdict(after))
