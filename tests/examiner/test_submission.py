"""What is taken from a submission, whatever form it has, and what is not."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from examiner import submission
from examiner.model import ExaminerError
from examiner.submission import Submission, read_submission

ROOT = Path(__file__).parents[2]
STUB = b"def make_counter():\n    return None\n"
KEY = ("q09", "counter")


def read(path: Path) -> Submission:
    return read_submission(path, Catalogue(ROOT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission as a folder: two levels deep, with all that candidates leave lying about."""
    sent = tmp_path / "sent"
    files = {
        "Ada's answers/katas/q09/counter.py": STUB,
        "Ada's answers/katas/q09/counting.py": b"ONE = 1\n",
        "Ada's answers/katas/q09/test_counter.py": b"def test_mine(): pass\n",
        "Ada's answers/katas/q09/notes.txt": b"todo\n",
        "Ada's answers/conftest.py": b"raise RuntimeError\n",
        "Ada's answers/NOTES.md": b"It was fun.\n",
        "Ada's answers/manifest.json": b'{"stubs": ["q09/counter", "q09/momentum"]}',
        "Ada's answers/.git/q09/counter.py": b"an older one\n",
        "Ada's answers/.DS_Store": b"\0",
        "__MACOSX/q09/counter.py": b"\0",
    }
    for name, data in files.items():
        (sent / name).parent.mkdir(parents=True, exist_ok=True)
        (sent / name).write_bytes(data)
    return sent


def as_folder(folder: Path) -> Path:
    return folder


def as_zip(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder.with_name("sent")), "zip", folder))


def as_tar(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder.with_name("sent")), "gztar", folder))


def git(*args: str, cwd: Path) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, *args], cwd=cwd, check=True, capture_output=True)


def as_repository(folder: Path) -> Path:
    shutil.rmtree(folder / "Ada's answers/.git")
    git("init", "--quiet", cwd=folder)
    git("add", "--force", ".", cwd=folder)
    git("commit", "--quiet", "--message", "done", cwd=folder)
    return folder


def as_bare_repository(folder: Path) -> Path:
    as_repository(folder)
    git("clone", "--quiet", "--bare", ".", str(folder.with_name("bare")), cwd=folder)
    return folder.with_name("bare")


def as_bundle(folder: Path) -> Path:
    as_repository(folder)
    git("bundle", "create", str(folder.with_name("sent.bundle")), "HEAD", cwd=folder)
    return folder.with_name("sent.bundle")


FORMS = [as_folder, as_zip, as_tar, as_repository, as_bare_repository, as_bundle]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_all_forms_say_the_same(form: Callable[[Path], Path], folder: Path) -> None:
    sent = read(form(folder))
    place, data = sent.stubs[KEY]
    assert (place, data) == ("Ada's answers/katas/q09/counter.py", STUB)
    assert sent.stubs.keys() == {KEY}
    assert sent.helpers == {("q09", "counting.py"): b"ONE = 1\n"}
    assert sent.notes == "It was fun.\n"
    assert sent.manifest["stubs"] == ["q09/counter", "q09/momentum"]
    assert set(sent.ignored) >= {"Ada's answers/katas/q09/notes.txt"}
    assert not {"Ada's answers/katas/q09/test_counter.py"} & set(sent.helpers)


def test_history_is_read_from_git(folder: Path) -> None:
    (entry,) = read(as_repository(folder)).history
    assert entry[1] == "done"


def test_a_hook_of_the_repository_does_not_run(folder: Path, tmp_path: Path) -> None:
    repository = as_repository(folder)
    trace = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
    program.chmod(0o755)
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(program, repository / ".git/hooks" / name)
    git("config", "core.fsmonitor", str(program), cwd=repository)
    git("config", "uploadpack.packObjectsHook", str(program), cwd=repository)
    trace.unlink(missing_ok=True)
    assert read(repository).history
    assert not trace.exists()


def zip_of(path: Path, **files: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_what_lies_outside_is_not_taken(tmp_path: Path) -> None:
    names = ["../q09/counter.py", "/q09/momentum.py", "a\\..\\q09\\counter.py"]
    sent = zip_of(
        tmp_path / "a.zip", **{"q09/running_total.py": STUB}, **dict.fromkeys(names, STUB)
    )
    assert read(sent).stubs.keys() == {("q09", "running_total")}
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes")
def test_only_regular_files_are_taken(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    (sent / "q09").mkdir(parents=True)
    (sent / "q09/counter.py").write_bytes(STUB)
    (sent / "q09/momentum.py").symlink_to("/etc/passwd")
    os.mkfifo(sent / "q09/running_total.py")
    found = read(sent)
    assert found.stubs.keys() == {KEY}
    assert set(found.ignored) == {"q09/momentum.py", "q09/running_total.py"}

    linked = tmp_path / "linked.tar"
    with tarfile.open(linked, "w") as archive:
        for name, kind in (("momentum", tarfile.SYMTYPE), ("running_total", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(f"q09/{name}.py")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("q09/counter.py")
        entry.size = len(STUB)
        archive.addfile(entry, io.BytesIO(STUB))
    assert read(linked).stubs.keys() == {KEY}

    link = zipfile.ZipInfo("q09/momentum.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "linked.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
        packed.writestr("q09/counter.py", STUB)
    assert read(tmp_path / "linked.zip").stubs.keys() == {KEY}


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    bomb = b"0" * (submission.LARGEST + 1)
    sent = zip_of(tmp_path / "a.zip", **{"q09/counter.py": STUB, "q09/momentum.py": bomb})
    assert read(sent).stubs.keys() == {KEY}


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MOST", 3)
    sent = zip_of(tmp_path / "a.zip", **{f"{n}.txt": b"" for n in range(5)})
    with pytest.raises(ExaminerError, match="too large"):
        read(sent)


def test_two_versions_of_a_stub_are_refused(folder: Path) -> None:
    other = folder / "older/q09/counter.py"
    other.parent.mkdir(parents=True)
    other.write_bytes(STUB)
    assert read(folder).stubs[KEY][1] == STUB  # the same text twice is one version
    other.write_bytes(STUB + b"\n")
    with pytest.raises(ExaminerError, match=r"two versions of a stub: .*counter\.py and older"):
        read(folder)


def test_names_are_printable(tmp_path: Path) -> None:
    sent = zip_of(tmp_path / "a.zip", **{"q09/counter.py": STUB, "q09/\x1b[31mred\n.txt": b""})
    assert read(sent).ignored == ["q09/�[31mred�.txt"]


def nothing(path: Path) -> None:
    pass


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (nothing, r"There is no .*sent\."),
    "an empty folder": (Path.mkdir, "sent has none of the stubs"),
    "no archive": (lambda path: path.write_text("hello"), "sent is no submission"),
    "an empty file": (lambda path: path.write_bytes(b""), "sent is no submission"),
    "a broken zip": (lambda path: path.write_bytes(b"PK\5\6" + b"\0" * 18 + b"x"), "sent"),
    "a broken bundle": (lambda path: path.write_text("# v2 git bundle\nx\n"), "cannot be cloned"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_submission_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    make, words = BROKEN[name]
    make(tmp_path / "sent")
    with pytest.raises(ExaminerError, match=words) as refusal:
        read(tmp_path / "sent")
    assert len(str(refusal.value).splitlines()) == 1
