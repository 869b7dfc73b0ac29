"""`dojo pack`: what a candidate hands in, as one zip.

An exported task has a `task.json` that says which stubs it is about. Without one, in a checkout
with all katas, all stubs are packed.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import platform
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from dojo.catalogue import Catalogue, Kata
from dojo.fingerprint import fingerprint
from dojo.report.hints import shown_in

SCHEMA = "tf-katas/pack/1"
TASK_SCHEMA = "tf-katas/task/1"
TASK = "task.json"
NOTES = "NOTES.md"
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)  # of a task: a file is called like it
LARGEST = 1 << 20  # bytes; what is larger is no stub, and a grader does not read it


class PackError(Exception):
    """What cannot be packed; one sentence says why."""


@dataclass(frozen=True)
class Task:
    """What the candidate was asked for.

    Attributes:
        id: a name for the task; empty if there is none.
        stubs: as `q09/counter`.
        shipped: by stub, the fingerprint of the file as it was given out.
        hints: whether the task has any.
    """

    id: str
    stubs: list[str]
    shipped: dict[str, str] = field(default_factory=dict)
    hints: bool = True


def pack(root: Path, to: Path | None = None) -> tuple[Path, list[str], list[str]]:
    """Write the zip.

    Returns:
        The zip, what is in it, and the stubs that are still as they were given out.

    Raises:
        PackError: the zip is there already, or something cannot be read or written.
    """
    catalogue = Catalogue(root)
    task = read_task(root, catalogue)
    target = to or unused(Path.cwd() / f"{task.id or 'answers'}.zip")
    files = dict(files_of(root, catalogue, task))
    files["manifest.json"] = json.dumps(manifest(catalogue, task), indent=2).encode() + b"\n"
    write_new(target, zipped(files))
    untouched = [
        stub
        for stub in task.stubs
        if fingerprint(files[f"katas/{stub}.py"]) == task.shipped.get(stub)
    ]
    return target, list(files), untouched


def unused(file: Path) -> Path:
    """`file`, or one beside it with a number: who packs twice keeps both."""
    others = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(path for path in chain([file], others) if not path.exists())


def read_task(root: Path, catalogue: Catalogue) -> Task:
    """The task of this checkout: all stubs, if nothing else is said."""
    every = [f"{kata.id}/{stub.id}" for kata in catalogue.katas.values() for stub in kata.stubs]
    if not (root / TASK).is_file():
        return Task("", every)
    try:
        data: Any = json.loads(read(root / TASK))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("schema") != TASK_SCHEMA:
        raise PackError(f"{TASK} is not as it was given out: take it from the first commit again.")
    stubs, shipped, name = data.get("stubs"), data.get("shipped"), data.get("id")
    return Task(
        name if isinstance(name, str) and NAME.fullmatch(name) else "",
        [stub for stub in every if stub in stubs] if isinstance(stubs, list) else every,
        shipped if isinstance(shipped, dict) else {},
        bool(data.get("hints", True)),
    )


def files_of(root: Path, catalogue: Catalogue, task: Task) -> Iterator[tuple[str, bytes]]:
    """The stubs of the task, the modules of the candidate's own beside them, and the notes."""
    for kata in catalogue.katas.values():
        stubs = [stub.id for stub in kata.stubs if f"{kata.id}/{stub.id}" in task.stubs]
        for name in [*stubs, *(helpers(kata) if stubs else ())]:
            yield f"katas/{kata.id}/{name}.py", read(kata.folder / f"{name}.py")
    if (root / NOTES).is_file():
        yield NOTES, read(root / NOTES)


def helpers(kata: Kata) -> list[str]:
    """Modules in the folder of a kata that did not come with it; tests of one's own are none."""
    stubs = {stub.id for stub in kata.stubs}
    names = (file.stem for file in sorted(kata.folder.glob("*.py")) if file.is_file())
    return [n for n in names if n.isidentifier() and n not in stubs and not is_test(n)]


def is_test(name: str) -> bool:
    return name.startswith("test_") or name == "conftest"


def read(file: Path) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PackError(f"{file} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise PackError(f"{file} is larger than 1 MB: nobody would read it.")
    return data


def manifest(catalogue: Catalogue, task: Task) -> dict[str, object]:
    """What the examiner's side is told beside the files."""
    hints = {
        f"{kata.id}/{stub.id}": len(shown_in(catalogue.root, kata.id, stub))
        for kata in catalogue.katas.values()
        for stub in kata.stubs
        if task.hints and f"{kata.id}/{stub.id}" in task.stubs
    }
    return {
        "schema": SCHEMA,
        "id": task.id,
        "stubs": task.stubs,
        "hints": hints,
        "python": platform.python_version(),
        "tensorflow": version("tensorflow"),
        "packed": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def version(package: str) -> str:
    """The installed version, without importing it; empty if there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def zipped(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as entries:
        for name, data in files.items():
            entries.writestr(name, data)
    return archive.getvalue()


def write_new(file: Path, data: bytes) -> None:
    """Never over something that is there; on a disk that is full, nothing is left."""
    try:
        with file.open("xb") as new:
            try:
                new.write(data)
                new.flush()
            except OSError:
                file.unlink()
                raise
    except FileExistsError:
        raise PackError(f"{file} is there already: move it away, or name another file.") from None
    except OSError as error:
        raise PackError(f"{file} cannot be written: {error.strerror}.") from None
