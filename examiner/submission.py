"""What a candidate sent: the stubs in it, their helper modules, and what else is told of it.

A submission is a folder, a zip, a tar, a git repository or a bundle of one. Nothing of it is run
here, and nothing is unpacked to a place that it names: texts of regular files are read, up to a
size. A stub is a file `qNN/<stub>.py`, however deep it lies.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import stat
import subprocess
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from dojo.catalogue import Catalogue
from examiner.model import ExaminerError

LARGEST = 1 << 20  # bytes of a file that is read; a stub has a few thousand
MOST = 20_000  # files looked at
MOST_BYTES = 64 << 20  # read in all
EMPTY_NOTES = (Path(__file__).parent / "templates" / "NOTES.md").read_text(encoding="utf-8")
MOST_UNPACKED = 512 << 20  # of a tar, what is not read included
MOST_LISTED = 8 << 20  # of the names in a commit
PACKED: dict[bytes, Any] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
BROKEN: tuple[type[Exception], ...] = (OSError, EOFError, ArithmeticError, LookupError)
BROKEN += (RuntimeError, ValueError, zlib.error, lzma.LZMAError)
BROKEN += (zipfile.BadZipFile, tarfile.TarError)
NOT_OURS = {".git", "__MACOSX", "__pycache__", ".venv", "venv", "node_modules", "site-packages"}
GIT = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}


@dataclass
class Submission:
    """What is graded.

    Attributes:
        stubs: by kata and stub, where the file lies in the submission and its bytes.
        helpers: modules beside a stub that are none of the checkout's: by kata and file name.
        ignored: all other files.
        notes: the text of NOTES.md.
        manifest: what `dojo pack` says of the candidate's side; empty if it was not used.
        history: (time in ISO 8601, subject) of each commit, oldest first.
    """

    name: str
    stubs: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    helpers: dict[tuple[str, str], bytes] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    notes: str = ""
    manifest: dict[str, object] = field(default_factory=dict)
    history: list[tuple[str, str]] = field(default_factory=list)


Files = Iterator[tuple[str, bytes | None]]  # a path, and the bytes; None for what is not read


def read_submission(path: Path, catalogue: Catalogue) -> Submission:
    """Read the submission at `path`.

    Raises:
        ExaminerError: there is nothing, no stub in it, or two versions of one stub.
    """
    if not path.exists():
        raise ExaminerError(f"There is no {shown(str(path))}.")
    submission = Submission(shown(path.name))
    if path.is_dir():
        submission.history = history(path)
    for name, data in files_of(path):
        sort_in(submission, PurePosixPath(name), data, catalogue)
    if not submission.stubs:
        raise ExaminerError(
            f"{submission.name} has none of the stubs: no file like q09/counter.py."
        )
    return submission


def sort_in(
    submission: Submission, name: PurePosixPath, data: bytes | None, catalogue: Catalogue
) -> None:
    """Find out what one file is."""
    if NOT_OURS.intersection(name.parts[:-1]):
        return
    kata = catalogue.katas.get(name.parent.name)
    stubs = {stub.id for stub in kata.stubs} if kata else set()
    if data is not None and kata and name.suffix == ".py" and name.stem in stubs:
        key = (kata.id, name.stem)
        if key in submission.stubs and submission.stubs[key][1] != data:
            both = f"{submission.stubs[key][0]} and {shown(str(name))}"
            raise ExaminerError(f"{submission.name} has two versions of a stub: {both}.")
        submission.stubs.setdefault(key, (shown(str(name)), data))
    elif data is not None and kata and is_helper(name, kata.folder):
        submission.helpers.setdefault((kata.id, name.name), data)
    elif data is not None and name.name == "NOTES.md":
        notes = data.decode("utf-8", "replace")
        submission.notes = submission.notes or ("" if notes == EMPTY_NOTES else notes)
    elif data is not None and name.name in ("manifest.json", "task.json"):
        submission.manifest = {**read_manifest(data), **submission.manifest}
    elif name.name != "TASK.md" and not is_part_of_checkout(name, catalogue.root):
        submission.ignored.append(shown(str(name)))


def is_helper(name: PurePosixPath, kata: Path) -> bool:
    """Whether a stub may import this file: a module of a name that the kata has not."""
    return name.suffix == ".py" and name.stem.isidentifier() and not (kata / name.name).exists()


def is_part_of_checkout(name: PurePosixPath, root: Path) -> bool:
    """Whether the file came with the export and is none of the candidate's."""
    return any((root / PurePosixPath(*name.parts[i:])).is_file() for i in range(len(name.parts)))


def read_manifest(data: bytes) -> dict[str, object]:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def shown(name: str) -> str:
    """A name as it can be printed: candidates name files as they like."""
    return "".join(c if c.isprintable() else "�" for c in name)[:200]


def files_of(path: Path) -> Files:
    """The files of a submission, each at most LARGEST bytes, within limits of number and size."""
    total = 0
    for number, (name, data) in enumerate(unlimited_files_of(path)):
        total += len(data or b"")
        if number >= MOST or total > MOST_BYTES:
            raise too_large(path)
        yield name, data


def too_large(path: Path) -> ExaminerError:
    limits = f"more than {MOST} files, 64 MB of texts or 512 MB unpacked"
    return ExaminerError(f"{shown(path.name)} is too large: {limits}.")


def no_submission(path: Path) -> ExaminerError:
    kinds = "a folder, a zip, a tar, a git repository or a bundle"
    return ExaminerError(f"{shown(path.name)} is no submission, which is {kinds}.")


def unlimited_files_of(path: Path) -> Files:
    if path.is_dir() and is_bare(path):
        return files_of_clone(path)
    if path.is_dir():
        return files_of_folder(path)
    if not path.is_file():
        raise ExaminerError(f"{shown(path.name)} is no file and no folder.")
    if zipfile.is_zipfile(path):
        return files_of_zip(path)
    with path.open("rb") as file:
        if file.read(15).startswith((b"# v2 git bundle", b"# v3 git bundle")):
            return files_of_clone(path)
    return files_of_tar(path)


def files_of_folder(folder: Path) -> Files:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - NOT_OURS)
        for name in sorted(names):
            file = Path(here, name)
            state = file.lstat()
            taken = stat.S_ISREG(state.st_mode) and state.st_size <= LARGEST
            yield file.relative_to(folder).as_posix(), file.read_bytes() if taken else None


def files_of_zip(path: Path) -> Files:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                kind = entry.external_attr >> 16
                regular = not stat.S_IFMT(kind) or stat.S_ISREG(kind)
                # Of other packings, zipfile unpacks a megabyte at once, whatever comes out.
                usual = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                taken = regular and usual and entry.file_size <= LARGEST
                if entry.is_dir():
                    continue
                if not taken or is_outside(entry.filename):
                    yield entry.filename, None
                    continue
                with archive.open(entry) as file:
                    data = file.read(LARGEST + 1)  # what the directory says of sizes may be a lie
                yield entry.filename, data if len(data) <= LARGEST else None
    except BROKEN as error:
        raise ExaminerError(f"{shown(path.name)} is a broken zip: {shown(str(error))}.") from None


def files_of_tar(path: Path) -> Files:
    began = False
    try:
        with unpacked(path) as file, tarfile.open(fileobj=file, mode="r:") as archive:
            began = True
            for entry in archive:
                if entry.isdir():
                    continue
                content = archive.extractfile(entry) if entry.isreg() else None
                fits = content and entry.size <= LARGEST and not is_outside(entry.name)
                yield entry.name, content.read(LARGEST) if content and fits else None
    except BROKEN as error:
        if not began:
            raise no_submission(path) from None
        raise ExaminerError(f"{shown(path.name)} is a broken tar: {shown(str(error))}.") from None


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """A tar as a file that is not packed, and not larger than it may be.

    A tar's header may ask for a name of any length, which is read into memory: here it gets no
    more than there is.
    """
    with path.open("rb") as file, tempfile.TemporaryFile() as plain:
        begin = file.read(6)
        file.seek(0)
        way = next((PACKED[magic] for magic in PACKED if begin.startswith(magic)), nullcontext)
        with way(file) as stream:
            while part := stream.read(1 << 20):
                plain.write(part)
                if plain.tell() > MOST_UNPACKED:
                    raise too_large(path)
        plain.seek(0)
        yield plain


def is_outside(name: str) -> bool:
    return PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name


def is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def files_of_clone(source: Path) -> Files:
    """The files of the newest commit of a bare repository or a bundle.

    Nothing is checked out: files of any size, and folders without an end, would come out of a
    small repository.
    """
    with tempfile.TemporaryDirectory(prefix="tf-katas-") as copy:
        done = clone(source, copy)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["git said nothing"])[-1]
            raise ExaminerError(f"{shown(source.name)} cannot be cloned: {shown(last)}.")
        yield from files_of_commit(Path(copy), source)


def files_of_commit(repository: Path, source: Path) -> Files:
    newest = git("-C", str(repository), "for-each-ref", "--sort=-committerdate", "--count=1")
    has_head = git("-C", str(repository), "rev-parse", "--verify", "HEAD").returncode == 0
    commit = "HEAD" if has_head else newest.stdout.partition(" ")[0] or "HEAD"
    with piped(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", commit) as process:
        listing = process.stdout.read(MOST_LISTED)
    if len(listing) == MOST_LISTED:
        raise too_large(source)
    with piped(repository, "cat-file", "--batch") as process:
        for line in listing.decode("utf-8", "replace").split("\0")[:-1]:
            facts, _, name = line.partition("\t")
            mode, _, blob, size = facts.split()
            regular = mode.startswith("100") and int(size) <= LARGEST
            yield name, read_blob(process, blob) if regular else None


def read_blob(process: Any, blob: str) -> bytes:
    process.stdin.write(f"{blob}\n".encode())
    process.stdin.flush()
    size = int(process.stdout.readline().split()[-1])
    data: bytes = process.stdout.read(size + 1)
    return data[:-1]


def history(folder: Path) -> list[tuple[str, str]]:
    """When what was committed, oldest first; empty where there is no git or no repository.

    A file .git, or a link, could lead to another repository of this machine.
    """
    inner = folder / ".git"
    if not is_bare(folder) and (inner.is_symlink() or not inner.is_dir()):
        return []
    with tempfile.TemporaryDirectory(prefix="tf-katas-") as copy:
        if clone(folder, copy).returncode:
            return []
        log = git("-C", copy, "log", "--reverse", "--max-count=500", "--format=%cI%x09%s")
    lines = (line.partition("\t") for line in log.stdout.splitlines())
    return [(shown(time), shown(subject)) for time, _, subject in lines]


def clone(source: Path, copy: str) -> subprocess.CompletedProcess[str]:
    """Clone without a work tree.

    `git clone` runs upload-pack in the other repository, which is made to be safe where that is
    not trusted; hooks and filters of it are not run.
    """
    options = ["--quiet", "--bare", "--no-local", "--no-hardlinks"]
    return git("clone", *options, "--", str(source.resolve()), copy)


SAFE = [
    *("git", "-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false", "-c", "core.bigFileThreshold=16m"),
]


def git(*args: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [*SAFE, *args],
            env={**os.environ, **GIT},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(args, 1, "", f"{type(error).__name__}")


@contextmanager
def piped(repository: Path, *args: str) -> Iterator[Any]:
    """A git command of a repository of our own, to be read and written; it is ended afterwards."""
    process = subprocess.Popen(
        [*SAFE, "-C", str(repository), *args],
        env={**os.environ, **GIT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
