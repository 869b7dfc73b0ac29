"""A jail for a stranger's code: bubblewrap, limits, and a watch over what it uses.

In it there is no network, no file but the interpreter's and one tree, an empty environment, and
no process but its own. The examiner talks to its lanes over sockets that the candidate's code
does not have. docs/threat-model.md says what is held and what is not.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from examiner.model import FaultError

STARTS_WITHIN = 180.0  # seconds; the imports take 4 to 60, and are not the candidate's
NO_MEMORY = "the machine had no memory left"  # which may be somebody else's fault
LONGEST = 32 << 20  # bytes of one message from the jail
GIB = 1 << 30
TREE = "/tree"
RULES_THE_KERNEL = [
    "sys",
    "sysrq-trigger",
    "irq",
    "bus",
    "fs",
    "acpi",
    "scsi",
    "driver",
    "mtrr",
    "pressure",
]
WITHOUT = (
    "bubblewrap (the command bwrap) is not installed, so a stranger's code would not be locked in. "
    "Install it, as with `apt install bubblewrap`, or say --unsafe."
)


@dataclass(frozen=True)
class Limits:
    """What one jail may use, over all its processes but where it says otherwise.

    Attributes:
        memory: bytes held, shared pages counted once.
        data: bytes of one process's own memory.
        spare: bytes that the machine must have left. Memory that belongs to no process, such as a
            file without a name, counts only here.
        processes: how many there may be.
        file: bytes of the largest file; there are two file systems in memory of `disk` bytes each.
        cpu: processor seconds of one process.
        wall: seconds until the jail is ended, from when its imports are done.
    """

    memory: int = 6 * GIB
    data: int = 3 * GIB
    spare: int = GIB // 4
    processes: int = 100
    file: int = GIB // 4
    disk: int = GIB // 2
    cpu: int = 300
    wall: float = 900.0


class JailBrokenError(Exception):
    """The jail has ended, by a limit or from within; the text says how."""


class Jail:
    """A running jail; use it as a context manager.

    Args:
        tree: what is at /tree in it, read-only.
        lanes: how many jobs may be asked for at a time.
        unsafe: whether to do without bubblewrap where there is none.
    """

    def __init__(self, tree: Path, lanes: int, limits: Limits | None = None, unsafe: bool = False):
        self.limits = limits or Limits()
        self.locked = shutil.which("bwrap") is not None and (not unsafe or works() is None)
        if not unsafe and (reason := works()):
            raise FaultError(reason)
        self.tree, self.size = tree, lanes
        self.broken = ""
        self.ended = threading.Event()
        self.ending, self.gone = threading.Lock(), False

    @property
    def isolation(self) -> str:
        if self.locked:
            return "bubblewrap: no network, no files but the interpreter's, limits on what is used"
        return "none but limits on what is used (--unsafe)"

    def __enter__(self) -> Jail:
        pairs = [socket.socketpair() for _ in range(self.size)]
        self.lanes = [ours for ours, _ in pairs]
        self.readers = [ours.makefile("rb") for ours in self.lanes]
        theirs = [other.fileno() for _, other in pairs]
        command = [sys.executable, "-m", "examiner.inside", *map(str, theirs)]
        self.process = subprocess.Popen(
            [*(bubblewrap(self.tree, self.limits) if self.locked else ()), *command],
            cwd=self.tree,
            env=environment(TREE if self.locked else str(self.tree)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=theirs,
            start_new_session=True,
            preexec_fn=self.restrict,
        )
        for _, other in pairs:
            other.close()
        self.allow(STARTS_WITHIN)
        # To weigh a hundred processes takes seconds, in which they become a thousand: two threads.
        for excess in (self.excess_of_number_or_time, self.excess_of_memory):
            threading.Thread(target=self.watch, args=[excess], daemon=True).start()
        try:
            for lane in range(self.size):
                self.hear(lane)
        except JailBrokenError as error:
            self.__exit__(None, None, None)
            raise FaultError(f"The jail did not start: {error}{self.last_words()}.") from None
        self.allow(self.limits.wall)
        return self

    def allow(self, seconds: float) -> None:
        """From now on, it may take so long."""
        self.allowed, self.until = seconds, time.monotonic() + seconds

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.end()
        for reader, lane in zip(self.readers, self.lanes, strict=True):
            reader.close()
            lane.close()

    def end(self) -> None:
        """Kill everything in it. Its first process takes all others along where it is locked."""
        with self.ending:
            if self.gone:  # then its number may be that of somebody else's process
                return
            with contextlib.suppress(psutil.NoSuchProcess):
                for each in psutil.Process(self.process.pid).children(recursive=True):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        each.kill()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.gone = True

    def last_words(self) -> str:
        assert self.process.stderr
        lines = self.process.stderr.read(4000).decode("utf-8", "replace").strip().splitlines()
        return f" ({lines[-1][:200]})" if lines else ""

    def restrict(self) -> None:
        """In the process that becomes the jail: limits that all in it inherit."""
        limits = self.limits
        for kind, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, limits.file),
            (resource.RLIMIT_CPU, limits.cpu),
            (resource.RLIMIT_DATA, limits.data),
            (resource.RLIMIT_NOFILE, 1024),
        ):
            resource.setrlimit(kind, (most, most))

    def say(self, lane: int, message: dict[str, Any]) -> None:
        try:
            self.lanes[lane].sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            raise JailBrokenError(self.reason()) from None

    def hear(self, lane: int) -> dict[str, Any]:
        """The next message of a lane; raises JailBrokenError."""
        self.lanes[lane].settimeout(max(0.1, self.until - time.monotonic()))
        try:
            line = self.readers[lane].readline(LONGEST)
            message = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise JailBrokenError(self.reason())
        return message

    def reason(self) -> str:
        if not self.broken and time.monotonic() >= self.until:
            self.broken = f"it did not end within {self.allowed:g} s"
        return self.broken or "its keeper was ended from within"

    def watch(self, excess: Callable[[list[psutil.Process]], str]) -> None:
        """End the jail when it uses too much or takes too long. Looks four times a second."""
        while not self.ended.wait(0.25) and not self.broken:
            found = ""
            with contextlib.suppress(psutil.Error):
                found = excess(psutil.Process(self.process.pid).children(recursive=True))
            if found and not self.broken:
                self.broken = found
                self.end()

    def excess_of_number_or_time(self, everyone: list[psutil.Process]) -> str:
        if len(everyone) > self.limits.processes:
            return f"it had more than {self.limits.processes} processes"
        if time.monotonic() > self.until:
            return f"it did not end within {self.allowed:g} s"
        return ""

    def excess_of_memory(self, everyone: list[psutil.Process]) -> str:
        if psutil.virtual_memory().available < self.limits.spare:
            return NO_MEMORY
        # To count shared pages once takes long, and is needed only where they make a difference.
        most = self.limits.memory
        if sum(map(resident, everyone)) > most and sum(map(held, everyone)) > most:
            return f"it used more than {self.limits.memory / GIB:g} GB of memory"
        return ""


def resident(process: psutil.Process) -> int:
    """Bytes that a process holds, with all shared pages."""
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def held(process: psutil.Process) -> int:
    """Bytes that a process holds, its share of shared pages included."""
    try:
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except PermissionError:  # it hides, which does not help it: without shares, it is more
        with contextlib.suppress(psutil.Error):
            seen = process.memory_info()
            return max(0, int(seen.rss) - int(seen.shared))
    except OSError:
        pass
    return 0


def works() -> str | None:
    """Why bubblewrap cannot be used here, in a sentence; None if it can."""
    if shutil.which("bwrap") is None:
        return WITHOUT
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return f"bubblewrap does not work here ({last}): user namespaces may be switched off."
    return None


def bubblewrap(tree: Path, limits: Limits) -> Iterator[str]:
    """The command that locks in the one after it."""
    program = shutil.which("bwrap") or "bwrap"
    yield from (program, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv")
    yield from ("--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--hostname", "jail")
    for name, value in environment(TREE).items():
        yield from ("--setenv", name, value)
    if "--disable-userns" in help_of_bubblewrap():
        yield from ("--unshare-user", "--disable-userns")  # none of its own, with all rights in it
    yield from ("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev")
    # To the kernel, whoever root starts is root here, too, and may write what root owns.
    for name in RULES_THE_KERNEL:
        if Path("/proc", name).exists():
            yield from ("--ro-bind", f"/proc/{name}", f"/proc/{name}")
    for name in ("bin", "lib", "lib64"):
        if Path("/", name).is_symlink():
            yield from ("--symlink", f"usr/{name}", f"/{name}")
        elif Path("/", name).is_dir():
            yield from ("--ro-bind", f"/{name}", f"/{name}")
    for place in ("/tmp", "/dev/shm"):
        yield from ("--size", str(limits.disk), "--tmpfs", place)
    for place in dict.fromkeys((sys.prefix, sys.base_prefix, sys.exec_prefix)):
        if not Path(place).is_relative_to("/usr"):
            yield from ("--ro-bind", place, place)
    yield from ("--ro-bind", str(tree), TREE, "--chdir", TREE)
    # The folder /dev is a file system in memory, too, and has no size.
    yield from ("--remount-ro", "/dev", "--remount-ro", "/", "--")


@cache
def help_of_bubblewrap() -> str:
    return subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False).stdout


def environment(tree: str) -> dict[str, str]:
    """All that the jail has of an environment."""
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": tree,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONSAFEPATH": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTEST_PLUGINS": "pytest_timeout",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "NO_COLOR": "1",
        "COLUMNS": "96",
    }
