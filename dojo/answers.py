"""Where `katas.qNN.<stub>` is imported from: the answers folder.

A test file says `from katas.q09.running_total import RunningTotal`. The finder below serves
that import from `<answers>/q09/running_total.py` if that file exists, else from `katas/`.
The learner's own files, the solutions, a submission: all of them are answers.

Only the stubs that a kata.toml lists come from the answers, and modules of one's own that the
checkout has no file for. What the tests look through cannot be replaced.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import re
import signal
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, ModuleType

MODULE = re.compile(r"katas\.(q\d\d)\.(\w+)")


class StubError(Exception):
    """A stub could not be imported.

    Not an ImportError: pytest would replace that by a traceback of its own. Its text has the
    place: an editor that lists the tests shows nothing else.
    """

    def __init__(self, stub: Path, line: int | None, reason: str):
        super().__init__(f"{stub}:{line}: {reason}" if line else f"{stub}: {reason}")
        self.stub, self.line, self.reason = stub, line, reason


class StubLoader(importlib.machinery.SourceFileLoader):
    """Imports a stub from its source and turns every way to fail into a StubError."""

    def __init__(self, fullname: str, path: str, limit: float | None):
        super().__init__(fullname, path)
        self.limit = limit

    def get_code(self, fullname: str) -> CodeType:
        # No bytecode cache: two saves within a second with equal sizes would share one entry.
        return self.source_to_code(self.get_data(self.path), self.path)

    def exec_module(self, module: ModuleType) -> None:
        stub = Path(self.path)
        too_slow = StubError(stub, None, f"its import did not end within {self.limit} s")
        try:
            with alarm(self.limit, too_slow):
                super().exec_module(module)
        except (StubError, KeyboardInterrupt):
            raise
        except SyntaxError as error:
            raise StubError(stub, error.lineno, f"SyntaxError: {error.msg}") from None
        except SystemExit as error:
            line = line_in(stub, error)
            raise StubError(stub, line, "it ends the program (sys.exit) when imported") from None
        except BaseException as error:
            reason = f"{type(error).__name__}: {error}".rstrip(": ")
            raise StubError(stub, line_in(stub, error), reason) from None


class AnswersFinder(importlib.abc.MetaPathFinder):
    """Finds stubs in `answers`, then in `katas`.

    Args:
        answers: a folder with files `qNN/<stub>.py`.
        katas: the katas of the checkout.
        stubs: by kata, the names of its stubs.
        limit: seconds that the import of a stub may take; None for no limit.
    """

    def __init__(
        self,
        answers: Path,
        katas: Path,
        stubs: Mapping[str, Iterable[str]],
        limit: float | None,
    ):
        self.answers, self.katas, self.limit = answers, katas, limit
        self.stubs = {kata: frozenset(names) for kata, names in stubs.items()}
        self.helpers: set[Path] = set()  # modules of the answers' own that were imported

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        match = MODULE.fullmatch(fullname)
        file = match and self.file(*match.groups())
        if not file:
            return None
        loader = StubLoader(fullname, str(file), self.limit)
        return importlib.util.spec_from_file_location(fullname, file, loader=loader)

    def file(self, kata: str, module: str) -> Path | None:
        """The file of a stub or of a module of the answers' own; None for all else."""
        own, given = (folder / kata / f"{module}.py" for folder in (self.answers, self.katas))
        if module in self.stubs.get(kata, ()):
            return own if own.is_file() else given
        if given.exists() or not own.is_file():
            return None
        self.helpers.add(own)
        return own

    def ignored(self, katas: Iterable[str]) -> list[str]:
        """The files in the answers for these katas that were not looked at, as `q09/notes.txt`."""
        if self.answers == self.katas:
            return []
        files = [*self.answers.glob("*.py")]
        files += [file for kata in katas for file in (self.answers / kata).rglob("*")]
        known = {self.answers / kata / f"{s}.py" for kata in katas for s in self.stubs[kata]}
        known |= {self.answers / kata / "README.md" for kata in katas} | self.helpers
        left = (f.relative_to(self.answers) for f in files if f not in known and not f.is_dir())
        return sorted(file.as_posix() for file in left if "__pycache__" not in file.parts)


@contextmanager
def alarm(seconds: float | None, error: Exception) -> Iterator[None]:
    """Raise `error` in the block after `seconds`, where the platform has interval timers."""
    if (
        seconds is None
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def line_in(file: Path, error: BaseException, innermost: bool = True) -> int | None:
    """The line of `file` that `error` came through: of several, the innermost or outermost."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [number for frame, number in frames if frame.f_code.co_filename == str(file)]
    return lines[-1 if innermost else 0] if lines else None
