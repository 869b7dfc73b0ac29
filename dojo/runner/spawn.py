"""Two ways to have a child whose imports are already done.

By fork, on Linux: TensorFlow forks safely as long as it has run no op. Elsewhere (macOS's
frameworks forbid it, Windows has no fork) a standby interpreter imports ahead of time and
waits for one job. TF_KATAS_STANDBY=1 asks for the second way everywhere.

A child leads a process group. That ends with the process that started it, however that one ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import NoReturn

from dojo.reaper import Reaper
from dojo.runner.messages import Job, receive, send
from dojo.runner.preload import preload
from dojo.runner.supervisor import Child, Launcher


def launcher() -> Launcher:
    """The way for this platform, ready to start a child."""
    way: Launcher = Forks() if can_fork() else Standbys()
    way.refill()
    return way


def can_fork() -> bool:
    return sys.platform == "linux" and not os.environ.get("TF_KATAS_STANDBY")


class Forks:
    """Forks this process.

    Args:
        run: what a child does with its job and its channel; by default it runs the job and ends.
    """

    def __init__(self, run: Callable[[Job, Connection], NoReturn] | None = None) -> None:
        preload()
        self.run = run or run_in_worker

    def start(self, job: Job) -> Child:
        return Forked(job, self.run)

    def refill(self) -> None:
        """A fork can be repeated as it is."""


class Forked:
    def __init__(self, job: Job, run: Callable[[Job, Connection], NoReturn]):
        self.channel, theirs = multiprocessing.Pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self.channel.close()
            run(job, theirs)
        theirs.close()
        self.reaper = Reaper(self.pid)

    def interrupt(self) -> None:
        os.kill(self.pid, signal.SIGINT)

    def end(self) -> None:
        self.reaper.kill()
        os.waitpid(self.pid, 0)
        self.channel.close()


class Standbys:
    """Keeps one interpreter that has imported everything and waits."""

    def __init__(self) -> None:
        self.spare: Standby | None = None

    def start(self, job: Job) -> Child:
        self.refill()
        assert self.spare
        child, self.spare = self.spare, None
        send(child.channel, asdict(job))
        return child

    def refill(self) -> None:
        if self.spare is None:
            self.spare = Standby()


class Standby:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.channel, theirs = context.Pipe()
        self.process = context.Process(target=stand_by, args=[theirs], daemon=True)
        self.process.start()
        theirs.close()
        receive(self.channel)
        assert self.process.pid
        self.reaper = Reaper(self.process.pid)

    def interrupt(self) -> None:
        if sys.platform != "win32" and self.process.pid:
            os.kill(self.process.pid, signal.SIGINT)

    def end(self) -> None:
        self.reaper.kill()
        self.process.join()
        self.channel.close()


def stand_by(channel: Connection) -> None:
    """In the standby interpreter: import, say so, wait for a job, run it."""
    preload()
    with contextlib.suppress(EOFError, OSError):
        send(channel, {"event": "ready"})
        job = receive(channel)
        run_in_worker(Job.from_dict(job), channel)


def run_in_worker(job: Job, channel: Connection) -> NoReturn:
    from dojo.runner import worker  # which imports pytest: after the preload

    worker.run(job, channel)
