"""The reaper: a small process that kills another one when the process that started both is gone.

A process that is killed tidies up nothing. Its reaper sees that, and kills what it has started:
the other process, and with its group all that this one has started in turn.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

# Reads until nobody can write any more: nobody ever writes, and the pipe ends with its owner.
WATCH = 'read -r _; kill -s KILL -- "-$1" "$1"'


class Reaper:
    """Kills a process with all that it started: when it is told to, or when its own parent is gone.

    What the process started is its group, where there are groups: let it lead one. Elsewhere
    (Windows) it is the tree of its children.
    """

    def __init__(self, pid: int):
        self.pid = pid
        watch = ["/bin/sh", "-c", WATCH, "reaper"]
        if sys.platform == "win32":
            watch = [sys.executable, "-I", __file__]
        self.process = subprocess.Popen(
            [*watch, str(pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C, or the end of its parent's group, is not its end
        )

    def kill(self) -> None:
        kill(self.pid)
        self.process.kill()
        self.process.communicate()


def kill(pid: int) -> None:
    """Kill a process with all that it started."""
    if hasattr(os, "killpg"):
        # A group outlives its leader, and a process that has just begun may not lead one yet.
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                send(pid, signal.SIGKILL)
    else:
        kill_tree(pid)


def kill_tree(pid: int) -> None:
    """Kill a process and its children's children, which are found as long as it lives."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()


if __name__ == "__main__":
    sys.stdin.read()
    kill(int(sys.argv[1]))
