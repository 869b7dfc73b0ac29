"""Where attacks are graded, and what must be as before afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from dojo.catalogue import Catalogue
from examiner import tree
from examiner.grade import add_verdicts, grade, look_at
from examiner.jail import GIB, Jail, Limits
from examiner.model import ExaminerError, Grading
from examiner.session import Job, Session
from examiner.submission import Submission
from examiner.terms import Terms

ROOT = Path(__file__).parents[2]
KATA, STUB = "q09", "counter"
RIGHT = (ROOT / "solutions" / KATA / f"{STUB}.py").read_text(encoding="utf-8")


@dataclass
class Outcome:
    """What a grading found out.

    Attributes:
        full: whether everything has passed.
        controls: what the examiner noticed while it ran the code: controls, and an ended jail.
        looks: what it noticed in the text.
        refused: why nothing was graded, in one sentence.
    """

    full: bool = False
    controls: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    refused: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def fooled(self) -> bool:
        return self.full and not self.controls and not self.looks


class Outside:
    """A canary, a listener and a mark on processes: nothing of these may ever be reached."""

    def __init__(self, folder: Path):
        self.canary = folder / "canary"
        self.canary.write_text("as it was")
        self.marker = f"tf-katas-attack-{random.SystemRandom().randrange(1 << 40):x}"
        self.calls: list[str] = []
        self.servers = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.servers[0].getsockname()[1]
        for address in (f"{self.canary}.socket", f"\0tf-katas-{self.port}"):
            server = socket.socket(socket.AF_UNIX)
            server.bind(address)
            server.listen()
            self.servers.append(server)
        for server in self.servers:
            threading.Thread(target=self.listen, args=[server], daemon=True).start()
        os.environ["TF_KATAS_SECRET"] = "not for the jail"

    def listen(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                self.calls.append(str(server.getsockname()))
                connection.close()

    def close(self) -> None:
        del os.environ["TF_KATAS_SECRET"]
        for server in self.servers:
            server.close()

    def text_of(self, file: Path) -> str:
        """The text of an attack, aimed at this canary and this listener."""
        text = file.read_text(encoding="utf-8")
        places = {"@SECRET@": self.canary, "@PORT@": self.port, "@MARKER@": self.marker}
        for name, place in places.items():
            text = text.replace(name, str(place))
        return text

    def harm(self) -> list[str]:
        """What has been reached; empty if all is well."""
        found = [f"a connection to {call}" for call in self.calls]
        if self.canary.read_text() != "as it was":
            found.append("the canary has changed")
        until = time.monotonic() + 5
        while left := self.left():
            if time.monotonic() > until:
                return [*found, *left]
            time.sleep(0.1)
        return found

    def left(self) -> list[str]:
        lines = (" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))
        return [f"a process {line}" for line in lines if self.marker in line]


class Shared:
    """One jail with one import of TensorFlow, for attacks that leave it as it is.

    Each has a folder of answers and a child process of its own; what one of them leaves in the
    jail could disturb the next one, so what ends or fills the jail is graded alone.
    """

    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()
        self.catalogue = Catalogue(ROOT)
        self.kata = self.catalogue.kata(KATA)
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        tree.build(self.folder, ROOT, [KATA], Submission("shared"))
        self.start()

    def start(self) -> None:
        limits = Limits(memory=3 * GIB, wall=600)
        self.jail = self.stack.enter_context(Jail(self.folder, 1, limits))

    def grade(self, name: str, source: bytes, beside: dict[str, bytes] | None = None) -> Outcome:
        """Grade one answer to q09 counter, with modules beside it."""
        answers = f"answers/{name}"
        for file, data in {**(beside or {}), f"{STUB}.py": source}.items():
            tree.put(self.folder / answers / KATA / file, data)
        stub = next(each for each in self.kata.stubs if each.id == STUB)
        job = Job(self.kata, [stub], answers=answers)
        session = Session(self.jail, ROOT, seed=1)
        session.run([job], [])
        if session.remarks:
            self.start()
        helpers = {(KATA, name): data for name, data in (beside or {}).items()}
        stubs = {(KATA, STUB): (f"{STUB}.py", source)}
        submission = Submission(name, stubs=stubs, helpers=helpers)
        result = look_at(self.kata, stub, submission, ROOT)
        add_verdicts(result, job, ROOT, set())
        controls = [*session.remarks, *result.doubts]
        words = [test.verdict.word for test in result.tests]
        return Outcome(result.full, controls, result.flags, words=words)


def alone(path: Path, limits: Limits) -> Outcome:
    """Grade a submission as `examiner grade` does."""
    try:
        grading = grade(path, ROOT, Terms(seed=1, limits=limits))
    except ExaminerError as error:
        return Outcome(refused=str(error))
    return outcome_of(grading)


def outcome_of(grading: Grading) -> Outcome:
    looks = [flag for stub in grading.stubs for flag in stub.flags]
    seen = [doubt for stub in grading.stubs for doubt in stub.doubts]
    words = [test.verdict.word for stub in grading.stubs for test in stub.tests]
    full = all(stub.full for stub in grading.stubs)
    return Outcome(full, [*grading.remarks, *seen], looks, words=words)


def folder_with(folder: Path, files: dict[str, bytes]) -> Path:
    """A submission of these files."""
    for name, data in files.items():
        tree.put(folder / name, data)
    return folder


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block takes no longer than this."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds
