"""A lane takes one job after the other from the examiner: a run of tests, or a probe.

The candidate's code runs in a fork of the lane that has none of its sockets. When the tests have
run, the same process judges the controls: answers of which the examiner knows what must come out.
They reach the jail only then. Code that has changed the judge gives itself away with them, unless
it knows them from the candidate's own.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

from dojo.answers import AnswersFinder, StubError
from dojo.catalogue import Catalogue
from dojo.errortext import essence
from dojo.runner.messages import Event, Job, Request, Result, receive, send
from dojo.runner.spawn import Forked, Forks
from dojo.runner.supervisor import Child, Run, supervise
from dojo.warm.wire import tell, told
from examiner.inside.plain import plain, value_of

PRINTED = 20_000  # characters of what a run prints that are handed on: the last ones
PROBE_SECONDS = 60.0
PR_SET_DUMPABLE = 4


def conceal(hidden: bool = True) -> None:
    """Keep other processes of the same user from this one's memory and descriptors, or let them."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(not hidden), 0, 0, 0)


def run(job: Job, channel: Connection, sockets: Sequence[socket.socket]) -> NoReturn:
    """In the child: run the job's tests, then each control that comes."""
    from dojo.runner import worker

    enter(job, sockets)
    with contextlib.suppress(EOFError, OSError):
        worker.judge(job, channel)
        while True:
            worker.judge(Job.from_dict(receive(channel)), channel)
    os._exit(0)


def enter(job: Job, sockets: Sequence[socket.socket]) -> None:
    """Become the process that the candidate's code runs in."""
    from dojo.runner import worker

    for each in sockets:
        if each.fileno() >= 0:
            os.close(each.detach())  # close() would wait for the lane's reader of the same socket
    conceal(False)
    worker.lead_a_group()
    worker.settle(job)


class Lane:
    """Serves one socket; `sockets` are those of all lanes."""

    def __init__(self, channel: socket.socket, way: Forks, sockets: Sequence[socket.socket]):
        self.channel, self.way, self.sockets = channel, way, sockets
        for other in sockets:
            if other is not channel:
                other.close()
        self.messages: Iterator[dict[str, Any]] = told(channel)

    def serve(self) -> None:
        for message in self.messages:
            if "probe" in message:
                tell(self.channel, self.probe(**message["probe"]))
            else:
                supervise(Request(message["run"]), self.way, afterwards=self.controls)

    def controls(self, child: Child, result: Result, folder: str) -> None:
        """Tell the result, then judge the controls in the process that it came from."""
        told_result = replace(result, output=result.output[-PRINTED:])
        tell(self.channel, {"event": "result", "result": asdict(told_result)})
        for number, control in enumerate(next(self.messages)["controls"]):
            answers = Path(folder, f"control-{number}")
            for name, text in control["files"].items():
                file = answers / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            request = Request([*control["args"], f"--answers={answers}"])
            tell(
                self.channel, {"event": "control", "verdicts": self.control(child, request, folder)}
            )

    def control(self, child: Child, request: Request, folder: str) -> list[Event] | None:
        """The verdicts on a control; None if the process does not answer any more."""
        following = Run(request, folder, lambda event: None, None, ())
        try:
            send(child.channel, asdict(following.job))
        except (OSError, ValueError):
            return None
        following.follow(child)
        if following.status is None:
            return None
        return [asdict(verdict) for verdict in following.verdicts.all()]

    def probe(self, kata: str, stub: str, name: str, inputs: Any) -> Event:
        """What the candidate's stub gives for these inputs, as plain data, or why it gives none."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            job = Job(Request([]), folder)
            Path(job.output).touch()

            def look(job: Job, channel: Connection) -> NoReturn:
                enter(job, self.sockets)
                send(channel, observed(kata, stub, name, inputs))
                os._exit(0)

            child = Forked(job, look)
            try:
                return answer_of(child)
            finally:
                child.end()


def answer_of(child: Forked) -> Event:
    until = time.monotonic() + PROBE_SECONDS
    if not wait([child.channel], until - time.monotonic()):
        return {"event": "probe", "error": f"no end within {PROBE_SECONDS:g} s"}
    try:
        message = receive(child.channel)
        return {"event": "probe", "value": message.get("value"), "error": message.get("error")}
    except (EOFError, OSError, ValueError, AttributeError):  # or it has sent what is no answer
        return {"event": "probe", "error": "the whole process ended"}


def observed(kata: str, stub: str, name: str, inputs: Any) -> Event:
    """Run the probe `name` of examiner/inside/probes/<kata>.py with the candidate's module."""
    root = Path.cwd()
    stubs = {each.id: [s.id for s in each.stubs] for each in Catalogue(root).katas.values()}
    sys.meta_path.insert(0, AnswersFinder(root / "answers", root / "katas", stubs, None))
    try:
        module = importlib.import_module(f"katas.{kata}.{stub}")
        probe = getattr(importlib.import_module(f"examiner.inside.probes.{kata}"), name)
        return {"value": plain(probe(module, **value_of(inputs)))}
    except StubError as error:
        return {"error": error.reason[:400]}
    except BaseException as error:  # the candidate's code may raise anything
        return {"error": f"{type(error).__name__}: {essence(str(error))}"[:400]}
