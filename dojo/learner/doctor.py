"""`dojo doctor`: what this machine has for the katas, a line each, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from dojo.learner.terminal import paint, width
from dojo.mounts import needs_polling
from dojo.runner.spawn import can_fork
from dojo.warm import client
from dojo.warm.address import Home, HomeError

PYTHONS = ((3, 11), (3, 13))
PACKAGES = ("tensorflow", "keras", "numpy", "pytest")
GIB = 1 << 30
MEMORY, DISK = 2 * GIB, GIB // 2  # what a run of a kata with several processes needs
SIGNS_OF_A_GPU = ("/dev/nvidia0", "/proc/driver/nvidia")
LIST_GPUS = "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"
COLOURS = {"ok": "green", "note": "yellow", "trouble": "red"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        word: ok, note for what costs something, or trouble for what stops the katas.
    """

    word: str
    what: str
    text: str

    def line(self) -> str:
        return f"{paint(f'{self.word:<9}', COLOURS[self.word])}{self.what:<12}{self.text}"


def examine(root: Path) -> Iterator[Finding]:
    """Everything, one after the other. Without a GPU, TensorFlow is not imported."""
    yield python()
    yield from map(package, PACKAGES)
    yield processor()
    yield gpu()
    yield from profiler()
    yield port()
    yield room("memory", psutil.virtual_memory().available, MEMORY, "close other programs")
    free = shutil.disk_usage(tempfile.gettempdir()).free
    yield room("disk", free, DISK, f"make room in {tempfile.gettempdir()}")
    yield git()
    yield warm(root)
    yield saves(root)


def python() -> Finding:
    version = platform.python_version()
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return Finding("ok", "Python", version)
    return Finding("trouble", "Python", f"{version}: make an environment with 3.11 to 3.13.")


def package(name: str) -> Finding:
    try:
        return Finding("ok", name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding("trouble", name, "not installed: `pip install -e .` in the checkout.")


def processor() -> Finding:
    cores = os.cpu_count() or 1
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return Finding("ok", "processor", f"{cores} cores, {platform.machine()}")
    found = [name for name in ("avx", "avx2", "fma", "avx512f") if name in flags]
    if platform.machine() == "x86_64" and "avx" not in found:
        return Finding("trouble", "processor", "no AVX, which TensorFlow's packages need.")
    return Finding("ok", "processor", ", ".join([f"{cores} cores", *found]))


def gpu() -> Finding:
    if not any(map(os.path.exists, SIGNS_OF_A_GPU)) and not shutil.which("nvidia-smi"):
        return Finding("ok", "GPU", "none; tests that need one are skipped.")
    done = subprocess.run(
        [sys.executable, "-c", LIST_GPUS], capture_output=True, text=True, check=False
    )
    seen = (done.stdout.split() or ["0"])[-1]
    if seen != "0":
        return Finding("ok", "GPU", f"{seen} seen by TensorFlow")
    advice = "there is one, and TensorFlow does not see it: `pip install -e '.[gpu]'`."
    return Finding("note", "GPU", advice)


def profiler() -> Iterator[Finding]:
    """Whether NVIDIA's driver lets everybody profile, where there is one."""
    try:
        text = Path("/proc/driver/nvidia/params").read_text(encoding="utf-8")
    except OSError:
        return
    if "RmProfilingAdminOnly: 1" in text:
        advice = "only root may profile the GPU: set NVreg_RestrictProfilingToAdminUsers=0."
        yield Finding("note", "profiler", advice)


def port() -> Finding:
    try:
        with socket.create_server(("127.0.0.1", 0)):
            return Finding("ok", "ports", "servers can listen on 127.0.0.1.")
    except OSError as error:
        return Finding(
            "trouble", "ports", f"none on 127.0.0.1 ({error.strerror}), for q07 and q08."
        )


def room(what: str, free: int, needed: int, advice: str) -> Finding:
    text = f"{free / GIB:.1f} GB free"
    if free >= needed:
        return Finding("ok", what, text)
    return Finding("note", what, f"{text}, and {needed / GIB:g} are used at times: {advice}.")


def git() -> Finding:
    if shutil.which("git"):
        return Finding("ok", "git", "found")
    return Finding("note", "git", "not found: `dojo reset` cannot tell what a stub was like.")


def warm(root: Path) -> Finding:
    try:
        home = Home.of(root)
        home.make()
    except HomeError as error:
        return Finding("note", "warm", f"no place for a warm process: {error}")
    way = "by fork" if can_fork() else "by an interpreter that stands by"
    up = "one is up" if client.is_up(home) else "none is up; `dojo warm` starts one"
    return Finding("ok", "warm", f"{way}; {up}.")


def saves(root: Path) -> Finding:
    if needs_polling([root / "katas"]):
        text = "the system tells nothing of them here; `dojo watch` looks at the files instead."
        return Finding("note", "saves", text)
    return Finding("ok", "saves", "told by the system")


def lines(root: Path) -> Iterator[tuple[Finding, str]]:
    """Each finding with its line, cut to the terminal."""
    for finding in examine(root):
        line = finding.line()
        yield finding, line if len(finding.text) + 21 <= width() else wrapped(finding)


def wrapped(finding: Finding) -> str:
    """A line that is too long for the terminal: the text goes below."""
    head = Finding(finding.word, finding.what, "").line().rstrip()
    below = textwrap.wrap(finding.text, max(20, width() - 4))
    return "\n".join([head, *(f"    {line}" for line in below)])
