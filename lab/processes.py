"""Runs functions in processes of their own: nothing to edit.

What TensorFlow sets up for distributed training (logical devices, collectives, a cluster) is set
up once in the life of a process and cannot be taken back. So every run gets a process of its own,
forked from one that has imported TensorFlow and never used it, and is killed with all that it
started when its time is up. What is raised in there is raised again here.
"""

import contextlib
import ctypes
import functools
import importlib
import multiprocessing
import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import wait

import tensorflow as tf
from tensorflow.python.eager import context

from dojo.answers import AnswersFinder
from dojo.expectation import ExpectationError

LIMIT = 20  # seconds; a run takes one to three
THREADS = 16
WAITING = (
    "Processes and devices that train together wait for each other without an end: for all to be "
    "there, and in each collective for all to take part, in the same order."
)
INSIDE = "TF_KATAS_INSIDE"
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Job:
    """A function of a module, which gets plain data and returns some, and what surrounds it."""

    def __init__(self, function, *arguments, devices=1, environment=()):
        self.module, self.name = function.__module__, function.__name__
        self.arguments, self.devices = arguments, devices
        self.environment = dict(environment)

    def __call__(self):
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
    parts: dict = field(default_factory=dict)

    @staticmethod
    def of(error):
        trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        names = ("called", "expected", "seen", "idea", "unfinished")
        known = isinstance(error, ExpectationError)
        parts = {name: getattr(error, name) for name in names} if known else {}
        return Told(type(error).__name__, str(error), trace, parts)

    def error(self):
        """The exception, with the traceback from over there as its cause."""
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


def run(function, *arguments, called, devices=1, limit=LIMIT):
    """The result of one function, run in a process of its own."""
    return run_all([Job(function, *arguments, devices=devices)], called=called, limit=limit)[0]


def run_all(jobs, *, called, limit=LIMIT):
    """The results of jobs that run at the same time, in their order.

    As soon as one of them raises, all are killed: the others might wait for it for ever.
    """
    started = [start(job) for job in jobs]
    try:
        return collect([reader for _, reader in started], called, limit)
    finally:
        for process, reader in started:
            end(process)
            reader.close()


def once(function):
    """The function, run once for the same arguments; what it raised is raised again.

    Several tests can look at one training, and wait for one that hangs only once.
    """
    known = {}

    @functools.wraps(function)
    def remembered(*arguments):
        if arguments not in known:
            try:
                known[arguments] = function(*arguments), None
            except Exception as error:
                known[arguments] = None, error
        result, error = known[arguments]
        if error:
            raise error
        return result

    return remembered


def start(job):
    """A process that does the job, and where its answer will come from."""
    kind = way()
    how = multiprocessing.get_context(kind)
    if kind == "forkserver":
        how.set_forkserver_preload(["tensorflow", "keras"])
    reader, writer = how.Pipe(duplex=False)
    finders = [finder for finder in sys.meta_path if isinstance(finder, AnswersFinder)]
    process = how.Process(target=work, args=(job, writer, finders))
    process.start()
    writer.close()
    return process, reader


def way():
    """How to get a process that has not used TensorFlow: a fork, if this one has not either."""
    if not sys.platform.startswith("linux"):
        return "spawn"
    here = context.context()
    found_gpus = any(device.device_type == "GPU" for device in here._physical_devices or [])
    return "forkserver" if here._initialized or found_gpus else "fork"


def work(job, writer, finders):
    """Do the job and send what comes out of it."""
    if INSIDE not in os.environ:
        os.environ[INSIDE] = "1"
        os.setpgid(0, 0)  # so that it can be killed with all that it starts
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if not any(isinstance(finder, AnswersFinder) for finder in sys.meta_path):
        sys.meta_path[:0] = finders
    try:
        answer = job()
    except BaseException as error:
        answer = Told.of(error)
    writer.send(answer)
    sys.stdout.flush()
    os._exit(0)  # an end of its own might wait for threads of TensorFlow


def collect(readers, called, limit):
    answers, until = {}, time.monotonic() + limit
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


def received(reader, called):
    try:
        answer = reader.recv()
    except EOFError:
        raise ExpectationError(
            called=called, expected="a result", seen="the process died on the way to it"
        ) from None
    if isinstance(answer, Told):
        raise answer.error()
    return answer


def end(process):
    """End a process with all that it started."""
    for kill in (os.kill,) if INSIDE in os.environ else (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(process.pid, signal.SIGKILL)
    process.join()
    process.close()


def logical_cpus(count):
    """Let TensorFlow see so many CPUs: what GPUs do for real, they do on any machine."""
    (cpu,) = tf.config.list_physical_devices("CPU")
    devices = [tf.config.LogicalDeviceConfiguration()] * count
    tf.config.set_logical_device_configuration(cpu, devices)
    # An op that waits for other devices holds a thread; with one for each core they could all wait.
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
