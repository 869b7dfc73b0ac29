"""Runs functions in processes of their own.

What TensorFlow sets up for distributed training (logical devices, collectives, a cluster) is set
up once in the life of a process and cannot be taken back. So every run gets a process of its own,
forked from one that has imported TensorFlow and never used it, and is killed with all that it
started when its time is up. What is raised in there is raised again here.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, NoReturn, TypeVar

from dojo.answers import AnswersFinder
from dojo.expectation import ExpectationError
from dojo.reaper import Reaper, kill

T = TypeVar("T")

LIMIT = 40  # seconds; a run takes one to three, and ten on a busy machine
THREADS = 16
PRELOADED = ["tensorflow", "keras"]  # by a fork server, once for all that are forked from it
WAITING = (
    "Processes and devices that train together wait for each other without an end: for all to be "
    "there, and in each collective for all to take part, in the same order."
)
INSIDE = "TF_KATAS_INSIDE"
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Job:
    """A function of a module, which gets plain data and returns some, and what surrounds it."""

    def __init__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        devices: int = 1,
        environment: Mapping[str, str] | None = None,
    ):
        self.module, self.name = function.__module__, function.__name__
        self.arguments, self.devices = arguments, devices
        self.environment = dict(environment or {})

    def __call__(self) -> Any:
        os.environ.update(self.environment)
        if self.devices > 1:
            logical_cpus(self.devices)
        return getattr(importlib.import_module(self.module), self.name)(*self.arguments)


@dataclass
class Told:
    """An exception on its way to another process: as text, since not every one can be pickled."""

    kind: str
    message: str
    trace: str
    parts: dict[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(error: BaseException) -> Told:
        trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        names = ("called", "expected", "seen", "idea", "unfinished")
        known = isinstance(error, ExpectationError)
        parts = {name: getattr(error, name) for name in names} if known else {}
        return Told(type(error).__name__, str(error), trace, parts)

    def error(self) -> Exception:
        """The exception, with the traceback from over there as its cause."""
        error: Exception
        if self.parts:
            error = ExpectationError(**self.parts)
        elif self.kind == "NotImplementedError":
            error = NotImplementedError(self.message)
        else:
            error = type(self.kind, (Exception,), {})(self.message)
        error.__cause__ = ElsewhereError(self.trace)
        return error


class ElsewhereError(Exception):
    """The traceback, as text, of what was raised in another process."""


@dataclass
class Worker:
    """A process that does a job, and where its answer will come from."""

    process: Any  # of multiprocessing, which has a class for each way to start one
    answer: Connection
    reaper: Reaper | None
    folder: str  # for its temporary files: AutoGraph has some, and does not come to delete them

    @property
    def pid(self) -> int:
        return int(self.process.pid)


def run(
    function: Callable[..., Any],
    *arguments: Any,
    called: str,
    devices: int = 1,
    limit: float = LIMIT,
) -> Any:
    """The result of one function, run in a process of its own."""
    return run_all([Job(function, *arguments, devices=devices)], called=called, limit=limit)[0]


def run_all(jobs: Iterable[Job], *, called: str, limit: float = LIMIT) -> list[Any]:
    """The results of jobs that run at the same time, in their order.

    As soon as one of them raises, all are killed: the others might wait for it for ever.
    """
    started: list[Worker] = []
    try:
        for job in jobs:
            started.append(start(job))
        return collect([worker.answer for worker in started], called, limit)
    finally:
        for worker in started:
            end(worker)


def once(function: Callable[..., T]) -> Callable[..., T]:
    """The function, run once for the same arguments; what it raised is raised again.

    Several tests can look at one training, and wait for one that hangs only once.
    """
    results: dict[tuple[Any, ...], T] = {}
    errors: dict[tuple[Any, ...], Exception] = {}

    @functools.wraps(function)
    def remembered(*arguments: Any) -> T:
        if arguments in errors:
            raise errors[arguments]
        if arguments not in results:
            try:
                results[arguments] = function(*arguments)
            except Exception as error:
                errors[arguments] = error
                raise
        return results[arguments]

    return remembered


def start(job: Job) -> Worker:
    """A process that does the job until its end, or that of this process."""
    kind = way()
    how: Any = multiprocessing.get_context(kind)
    if kind == "forkserver":
        how.set_forkserver_preload(PRELOADED)
    reader, writer = how.Pipe(duplex=False)
    finders = [finder for finder in sys.meta_path if isinstance(finder, AnswersFinder)]
    folder = tempfile.mkdtemp(prefix="tf-katas-")
    sealed = job if kind == "fork" else pickle.dumps(job)
    process = how.Process(target=work, args=(sealed, writer, finders, folder))
    process.start()
    writer.close()
    # What is started inside is in the group of a worker that has a reaper.
    reaper = None if INSIDE in os.environ else Reaper(process.pid)
    return Worker(process, reader, reaper, folder)


def end(worker: Worker) -> None:
    """End a process with all that it started."""
    if worker.reaper:
        worker.reaper.kill()
    else:
        kill(worker.pid)
    worker.process.join()
    worker.process.close()
    worker.answer.close()
    shutil.rmtree(worker.folder, ignore_errors=True)


def way() -> str:
    """How to get a process that has not used TensorFlow: a fork, if this one has not either."""
    if not sys.platform.startswith("linux"):
        return "spawn"
    # No public name says whether TensorFlow has been used without using it.
    eager = sys.modules.get("tensorflow.python.eager.context")
    if eager is None:
        return "fork"
    context = eager.context()
    found_gpus = any(device.device_type == "GPU" for device in context._physical_devices or [])
    return "forkserver" if context._initialized or found_gpus else "fork"


def work(
    job: Job | bytes, writer: Connection, finders: Sequence[AnswersFinder], folder: str
) -> NoReturn:
    """Do the job and send what comes out of it.

    A job may come pickled: to unpickle its arguments can import a test, and with it a stub, which
    has to come from the answers.
    """
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    if INSIDE not in os.environ:
        lead_a_group()
    die_with_parent()
    if not any(isinstance(finder, AnswersFinder) for finder in sys.meta_path):
        sys.meta_path[:0] = finders
    try:
        answer = (pickle.loads(job) if isinstance(job, bytes) else job)()
    except BaseException as error:
        answer = Told.of(error)
    writer.send(answer)
    sys.stdout.flush()
    os._exit(0)  # an end of its own might wait for threads of TensorFlow


def lead_a_group() -> None:
    """Let this process be killed with all that it starts."""
    os.environ[INSIDE] = "1"
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)


def die_with_parent() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent and not parent.is_alive():  # it went before this process had a reaper
        os._exit(1)


def collect(readers: Sequence[Connection], called: str, limit: float) -> list[Any]:
    answers: dict[Any, Any] = {}
    until = time.monotonic() + limit
    while len(answers) < len(readers):
        ready = wait(set(readers) - answers.keys(), max(0, until - time.monotonic()))
        if not ready:
            raise ExpectationError(
                called=called,
                expected=f"an end within {limit} s",
                seen="no end: a process waits for something that does not come",
                idea=WAITING,
            )
        for reader in ready:
            answers[reader] = received(reader, called)
    return [answers[reader] for reader in readers]


def received(reader: Any, called: str) -> Any:
    try:
        answer = reader.recv()
    except EOFError:
        raise ExpectationError(
            called=called, expected="a result", seen="the process died on the way to it"
        ) from None
    if isinstance(answer, Told):
        raise answer.error()
    return answer


def logical_cpus(count: int) -> None:
    """Let TensorFlow see so many CPUs: what GPUs do for real, they do on any machine."""
    import tensorflow as tf

    (cpu,) = tf.config.list_physical_devices("CPU")
    devices = [tf.config.LogicalDeviceConfiguration()] * count
    tf.config.set_logical_device_configuration(cpu, devices)
    # An op that waits for other devices holds a thread; with one for each core they could all wait.
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
