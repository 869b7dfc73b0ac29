"""Hostile archives, folders and repositories: each builder makes one in a folder that is empty.

Its docstring says what it tries. None may do harm; most are refused or read as if the tricks in
them were not there.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import socket
import stat
import struct
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

EVIL = b"EVIL = True\n"  # a stub that must never be taken
FINE = b"EVIL = False\n"
NAME = "katas/q09/counter.py"
Builder = Callable[[Path, Path], Path]
BUILDERS: dict[str, Builder] = {}


def attack(build: Builder) -> Builder:
    BUILDERS[build.__name__] = build
    return build


def zipped(folder: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(folder / "sub.zip", "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return folder / "sub.zip"


def entry(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0
) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, size
    return info


def tarred(folder: Path, *entries: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> Path:
    with tarfile.open(folder / "sub.tar", mode) as archive:
        for info, data in entries:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return folder / "sub.tar"


def git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


@attack
def zip_with_parents(folder: Path, canary: Path) -> Path:
    """Names that lead out of the folder."""
    return zipped(folder, {"../q09/counter.py": EVIL, "q09/../../canary": EVIL, NAME: FINE})


@attack
def zip_with_absolute_names(folder: Path, canary: Path) -> Path:
    """Names that begin at the root."""
    return zipped(folder, {str(canary): EVIL, "/q09/counter.py": EVIL, NAME: FINE})


@attack
def zip_with_backslashes(folder: Path, canary: Path) -> Path:
    """Names that lead out of the folder on Windows."""
    return zipped(folder, {"..\\q09\\counter.py": EVIL, "C:\\q09/counter.py": EVIL, NAME: FINE})


@attack
def zip_with_a_link(folder: Path, canary: Path) -> Path:
    """The stub is a link to a file of the machine."""
    info = zipfile.ZipInfo(NAME)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "sub.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return folder / "sub.zip"


@attack
def zip_bomb(folder: Path, canary: Path) -> Path:
    """A hundred files of a megabyte of zeros each."""
    return zipped(folder, {f"{n}.txt": bytes(1 << 20) for n in range(100)} | {NAME: FINE})


@attack
def zip_bomb_in_one_file(folder: Path, canary: Path) -> Path:
    """One file with 200 MB of zeros."""
    return zipped(folder, {"q09/counter.py": bytes(200 << 20)})


@attack
def zip_with_a_lying_size(folder: Path, canary: Path) -> Path:
    """The directory says that a file of 5 MB has 12 bytes."""
    path = zipped(folder, {NAME: bytes(5 << 20)})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 5 << 20), struct.pack("<L", 12)))
    return path


@attack
def zip_packed_with_bz2(folder: Path, canary: Path) -> Path:
    """Packed in a way of which Python unpacks all at once."""
    return zipped(folder, {"big.txt": bytes(1 << 20), NAME: EVIL}, zipfile.ZIP_BZIP2)


@attack
def zip_with_broken_data(folder: Path, canary: Path) -> Path:
    """The packed bytes make no sense."""
    path = zipped(folder, {NAME: os.urandom(2000) * 5})
    data = bytearray(path.read_bytes())
    data[80:400] = b"\xff" * 320
    path.write_bytes(data)
    return path


@attack
def zip_cut_short(folder: Path, canary: Path) -> Path:
    """The first half of a zip."""
    path = zipped(folder, {NAME: os.urandom(5000)})
    path.write_bytes(path.read_bytes()[:2500])
    return path


@attack
def thirty_thousand_entries(folder: Path, canary: Path) -> Path:
    """More files than anybody looks at."""
    return zipped(folder, {f"{n}.txt": b"" for n in range(30_000)} | {NAME: FINE}, 0)


@attack
def names_with_escapes(folder: Path, canary: Path) -> Path:
    """Names with line ends, HTML and what terminals obey."""
    evil = "a\n\x1b[2J\x1b]0;mine\x07\x9b31m<script>alert(1)</script>\u202e.txt"
    return zipped(folder, {evil: b"", f"{evil}/q09/counter.py": FINE, "NOTES.md": evil.encode()})


@attack
def two_versions(folder: Path, canary: Path) -> Path:
    """Two files for one stub."""
    return zipped(folder, {"a/q09/counter.py": FINE, "b/q09/counter.py": EVIL})


@attack
def deep_manifest(folder: Path, canary: Path) -> Path:
    """A manifest that is nested beyond all bounds, and one with wrong types."""
    files = {"manifest.json": b"[" * 200_000, "a/manifest.json": b'{"stubs": 1, "hints": [2]}'}
    return zipped(folder, {**files, NAME: FINE})


@attack
def tar_with_parents(folder: Path, canary: Path) -> Path:
    """Names that lead out of the folder, and absolute ones."""
    names = ("../q09/counter.py", str(canary), "/q09/counter.py", "a/../../q09/counter.py")
    return tarred(folder, *((entry(name), EVIL) for name in names), (entry(NAME), FINE))


@attack
def tar_with_links(folder: Path, canary: Path) -> Path:
    """The stub is a link to a file of the machine, by name and as a hard link."""
    return tarred(
        folder,
        (entry(NAME, tarfile.SYMTYPE, "/etc/passwd"), b""),
        (entry("b/q09/counter.py", tarfile.LNKTYPE, str(canary)), b""),
    )


@attack
def tar_with_a_link_to_itself(folder: Path, canary: Path) -> Path:
    """A hard link that leads to itself, and one through a link."""
    return tarred(
        folder,
        (entry("q09", tarfile.SYMTYPE, "/etc"), b""),
        (entry("q09/counter.py", tarfile.LNKTYPE, "q09/counter.py"), b""),
    )


@attack
def tar_with_devices(folder: Path, canary: Path) -> Path:
    """The stub is a device, or a pipe that nobody writes to."""
    kinds = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    return tarred(folder, *((entry(f"{n}/{NAME}", kind), b"") for n, kind in enumerate(kinds)))


@attack
def tar_bomb(folder: Path, canary: Path) -> Path:
    """A packed file of 40 MB of zeros; the test lowers the limit to less."""
    return tarred(folder, (entry("zeros"), bytes(40 << 20)), (entry(NAME), FINE), mode="w:gz")


@attack
def tar_with_an_endless_name(folder: Path, canary: Path) -> Path:
    """A header that asks for a name of 8 GB, which Python reads into memory."""
    header = bytearray(entry("././@LongLink", tarfile.GNUTYPE_LONGNAME).tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"%011o\0" % (8 << 30)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    (folder / "sub.tar.gz").write_bytes(gzip.compress(bytes(header) + bytes(40 << 20)))
    return folder / "sub.tar.gz"


@attack
def tar_cut_short(folder: Path, canary: Path) -> Path:
    """The first half of a packed tar."""
    path = tarred(folder, (entry(NAME), os.urandom(5000)), mode="w:gz")
    path.write_bytes(path.read_bytes()[:2500])
    return path


@attack
def bomb_that_is_no_tar(folder: Path, canary: Path) -> Path:
    """Zeros, packed twice."""
    (folder / "sub.bz2").write_bytes(bz2.compress(bytes(40 << 20)))
    return folder / "sub.bz2"


@attack
def folder_with_links(folder: Path, canary: Path) -> Path:
    """Links to files and folders outside, and to the folder itself."""
    outside = canary.parent / "outside" / "q09"
    outside.mkdir(parents=True, exist_ok=True)
    (outside / "counter.py").write_bytes(EVIL)
    (folder / "q09").symlink_to(outside)
    (folder / "katas").mkdir()
    (folder / "katas" / "q09").mkdir()
    (folder / NAME).symlink_to("/etc/passwd")
    (folder / "again").symlink_to(folder)
    return folder


@attack
def folder_with_pipes(folder: Path, canary: Path) -> Path:
    """The stub is a pipe that nobody writes to; beside it are a socket and a huge file."""
    (folder / "q09").mkdir()
    os.mkfifo(folder / "q09" / "counter.py")
    with socket.socket(socket.AF_UNIX) as server, (folder / "huge").open("wb") as huge:
        server.bind(os.path.relpath(folder / "s"))
        huge.truncate(1 << 40)
    return folder


@attack
def folder_without_an_end(folder: Path, canary: Path) -> Path:
    """Folders within folders, deeper than a path may be long."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(60):
        os.mkdir("d" * 200, dir_fd=here)
        deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (folder / "q09").mkdir()
    (folder / "q09" / "counter.py").write_bytes(FINE)
    return folder


@attack
def repository_that_runs_commands(folder: Path, canary: Path) -> Path:
    """Hooks, filters and monitors that overwrite the canary when git looks at the repository."""
    evil = f"echo mine > {canary}"
    git(folder, "init", "-q")
    (folder / "q09").mkdir()
    (folder / "q09" / "counter.py").write_bytes(FINE)
    (folder / ".gitattributes").write_text("* filter=evil diff=evil\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "\x1b[2J<b>first</b>")
    for name in ("fsmonitor", "sshCommand", "pager", "editor", "gitProxy", "hooksPath"):
        git(folder, "config", f"core.{name}", evil)
    for name in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "alias.log"):
        git(folder, "config", name, f"!{evil}" if "alias" in name else evil)
    git(folder, "config", "uploadpack.packObjectsHook", evil)
    for name in ("post-checkout", "pre-auto-gc", "post-upload-pack", "reference-transaction"):
        hook = folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{evil}\n")
        hook.chmod(0o755)
    return folder


@attack
def bare_repository_that_runs_commands(folder: Path, canary: Path) -> Path:
    """The same without a work tree."""
    (folder / "work").mkdir()
    repository_that_runs_commands(folder / "work", canary)
    (folder / "work" / ".git").rename(folder / "sub.git")
    git(folder / "sub.git", "config", "core.bare", "true")
    return folder / "sub.git"


@attack
def repository_of_somebody_else(folder: Path, canary: Path) -> Path:
    """A file .git that leads to another repository of the machine."""
    other = canary.parent / "other"
    other.mkdir(exist_ok=True)
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "secret subject")
    (folder / "q09").mkdir()
    (folder / "q09" / "counter.py").write_bytes(FINE)
    (folder / ".git").write_text(f"gitdir: {other / '.git'}\n")
    return folder


@attack
def bundle_with_a_link(folder: Path, canary: Path) -> Path:
    """A bundle in which the stub is a link, and another one lies in a submodule."""
    git(folder, "init", "-q")
    (folder / "q09").mkdir()
    (folder / "q09" / "counter.py").symlink_to("/etc/passwd")
    git(folder, "add", ".")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    git(folder, "commit", "-qm", "first")
    git(folder, "bundle", "create", "-q", "sub.bundle", "HEAD")
    return folder / "sub.bundle"


@attack
def bundle_without_an_end(folder: Path, canary: Path) -> Path:
    """A bundle of a few kilobytes whose folders hold each other ten times, ten deep."""
    git(folder, "init", "-q")
    made = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=folder, input=FINE, capture_output=True
    ).stdout.decode()
    line = f"100644 blob {made.strip()}\tf"
    for _ in range(10):
        lines = "".join(line.replace("\t", f"\t{n}") + "\n" for n in range(10))
        tree = subprocess.run(
            ["git", "mktree"], cwd=folder, input=lines.encode(), capture_output=True
        ).stdout.decode()
        line = f"040000 tree {tree.strip()}\td"
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a"}
    commit = subprocess.run(
        ["git", "commit-tree", tree.strip(), "-m", "first"],
        cwd=folder,
        env={**os.environ, **who, "GIT_COMMITTER_EMAIL": "a"},
        capture_output=True,
    ).stdout.decode()
    git(folder, "update-ref", "refs/heads/main", commit.strip())
    git(folder, "bundle", "create", "-q", "sub.bundle", "main")
    return folder / "sub.bundle"


@attack
def noise(folder: Path, canary: Path) -> Path:
    """Bytes that are nothing."""
    (folder / "noise").write_bytes(os.urandom(10_000))
    return folder / "noise"


# What lies beside the stub and must neither help nor harm.
HOOK = b"""
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    call.excinfo = None
    report = yield
    report.outcome = "passed"
    return report
"""
PLUGIN = b"[pytest11]\nevil = evil\n"
INI = b"[pytest]\naddopts = -p evil --collect-only\n"
BESIDE = {
    "conftest.py": HOOK,
    "katas/conftest.py": HOOK,
    "katas/q09/conftest.py": HOOK,
    "answers/conftest.py": b"raise RuntimeError('mine')\n",
    "evil.py": HOOK,
    "pytest.ini": INI,
    "tox.ini": INI,
    "katas/q09/pytest.ini": INI,
    "setup.cfg": INI.replace(b"[pytest]", b"[tool:pytest]"),
    "pyproject.toml": b"[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "sitecustomize.py": HOOK,
    "usercustomize.py": HOOK,
    "evil.pth": b"import evil\n",
    "evil-1.dist-info/entry_points.txt": PLUGIN,
    "evil-1.dist-info/METADATA": b"Name: evil\nVersion: 1\n",
    "numpy.py": b"raise RuntimeError('mine')\n",
    "tensorflow.py": b"raise RuntimeError('mine')\n",
    "pytest.py": b"raise RuntimeError('mine')\n",
    "katas/q09/numpy.py": b"raise RuntimeError('mine')\n",
    "katas/q09/__init__.py": b"raise RuntimeError('mine')\n",
    "katas/__init__.py": b"raise RuntimeError('mine')\n",
    "lab/__init__.py": b"raise RuntimeError('mine')\n",
    "dojo/expect.py": b"value = tensor = ops = works = lambda *a, **k: None\n",
    "examiner/inside/lane.py": b"raise SystemExit\n",
    "katas/q09/test_counter.py": b"def test_all(): pass\n",
    "katas/q09/kata.toml": b"stubs = []\n",
    "solutions/q09/README.md": b"mine",
    "__pycache__/counter.cpython-311.pyc": b"evil",
    "katas/q09/__pycache__/counter.cpython-311.pyc": b"evil",
    "manifest.json": json.dumps({"stubs": ["q09/counter"], "hints": {"q09/counter": -1}}).encode(),
}
