"""What is known about a kata beside its code and prose: the one reader of `kata.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

KATA_TYPES = ("conceptual", "practical", "debugging")


class CatalogueError(Exception):
    """A `kata.toml` that cannot be used, or a kata that does not exist; the text says which."""


@dataclass(frozen=True)
class Hint:
    """One hint, and the tests that it is for; without any, it is for the whole stub."""

    text: str
    tests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stub:
    """A file that the learner edits.

    Attributes:
        minutes: what its idea takes.
        beyond_minutes: what it takes to go beyond the idea.
        passes_as_shipped: by test, the reason why it passes on the stub as shipped.
    """

    id: str
    title: str
    minutes: int
    hints: tuple[Hint, ...]
    beyond_minutes: int = 0
    passes_as_shipped: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def whole_minutes(self) -> int:
        """What the idea and what is beyond it take together."""
        return self.minutes + self.beyond_minutes


@dataclass(frozen=True)
class Kata:
    """One interview question: a folder `katas/qNN`."""

    folder: Path
    title: str
    type: str
    prerequisites: tuple[str, ...]
    stubs: tuple[Stub, ...]

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def minutes(self) -> str:
        """What its stubs take together: "70", or "70 + 20" with what is beyond the ideas."""
        idea = sum(stub.minutes for stub in self.stubs)
        beyond = sum(stub.beyond_minutes for stub in self.stubs)
        return f"{idea} + {beyond}" if beyond else str(idea)

    def test_file(self, stub: Stub) -> Path:
        return self.folder / f"test_{stub.id}.py"


class Catalogue:
    """All katas of a checkout, in order.

    Args:
        root: the checkout.
        complete: whether a stub without its file is an error.
    """

    def __init__(self, root: Path, complete: bool = True):
        self.root, self.complete = root, complete

    @cached_property
    def katas(self) -> dict[str, Kata]:
        folders = sorted(f.parent for f in (self.root / "katas").glob("q[0-9][0-9]/kata.toml"))
        return {folder.name: read_kata(folder, self.complete) for folder in folders}

    def kata(self, name: str) -> Kata:
        """The kata `qNN`; raises CatalogueError with the ones there are."""
        if name in self.katas:
            return self.katas[name]
        raise CatalogueError(f"There is no kata {name}. There are: {', '.join(self.katas)}.")


def read_kata(folder: Path, complete: bool = True) -> Kata:
    """Read and check `folder/kata.toml`; raises CatalogueError, naming file and fault."""
    file = folder / "kata.toml"
    try:
        data = dict(parsed(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise CatalogueError(f"{file}: cannot be read ({error.strerror}).") from None
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}.") from None
    try:
        stubs = tuple(read_stub(entry) for entry in data.pop("stub"))
        data["prerequisites"] = tuple(data.get("prerequisites", ()))
        kata = Kata(folder=folder, stubs=stubs, **data)
    except KeyError as error:
        raise CatalogueError(f"{file}: {error} is missing.") from None
    except TypeError as error:
        raise CatalogueError(f"{file}: {str(error).split('() ')[-1]}.") from None
    check(kata)
    if complete:
        check_files(kata)
    return kata


@cache
def parsed(text: str) -> dict[str, Any]:
    """The entries of a `kata.toml`. A warm process has parsed them all before it forks."""
    entries: dict[str, Any] = tomllib.loads(text)
    return entries


def read_stub(entry: dict[str, Any]) -> Stub:
    hints = tuple(read_hint(hint) for hint in entry.get("hints", ()))
    return Stub(**entry | {"hints": hints})


def read_hint(entry: str | dict[str, Any]) -> Hint:
    """A hint is a text, or a table of a text and the names of tests."""
    if isinstance(entry, str):
        return Hint(entry)
    return Hint(**entry | {"tests": tuple(entry.get("tests", ()))})


def check(kata: Kata) -> None:
    """Raises CatalogueError when a field is not as it has to be."""
    file = kata.folder / "kata.toml"
    if kata.type not in KATA_TYPES:
        raise CatalogueError(f"{file}: type is {kata.type!r}, not one of {', '.join(KATA_TYPES)}.")
    for prerequisite in kata.prerequisites:
        if not re.fullmatch(r"q\d\d", prerequisite):
            raise CatalogueError(f"{file}: the prerequisite {prerequisite!r} is no kata id.")


def check_files(kata: Kata) -> None:
    """Raises CatalogueError when a file is missing."""
    file = kata.folder / "kata.toml"
    for stub in kata.stubs:
        own, test = kata.folder / f"{stub.id}.py", kata.test_file(stub)
        back = f" `dojo reset {kata.id}/{stub.id}` brings it back."
        for path, advice in ((own, back), (test, "")):
            if not path.is_file():
                said = f"{stub.id} is listed, but {path.name} is missing.{advice}"
                raise CatalogueError(f"{file}: {said}")
