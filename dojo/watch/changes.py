"""Which of the learner's files have changed: told as soon as they have come to rest.

Editors save in different ways: in place, in two writes, under another name that is then renamed, or
beside a swap file. What counts is what stands in the file when nothing has happened for a moment.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import watchfiles

from dojo.mounts import needs_polling

SETTLE = 30  # milliseconds without another change until a change is told
POLL = 100  # milliseconds between two looks where the system tells nothing


class Changes:
    """Watches folders in a thread.

    Args:
        tell: called in that thread, with the Python files that were written, renamed or removed.
        poll: look at the files again and again, instead of having the system tell; None to find
            out which of the two works.
    """

    def __init__(
        self, folders: Iterable[Path], tell: Callable[[set[Path]], None], poll: bool | None = None
    ):
        self.folders, self.tell = list(folders), tell
        self.polls = needs_polling(self.folders) if poll is None else poll
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(2)

    def watch(self) -> None:
        for changed in self.seen() if self.polls else self.told():
            self.tell(changed)

    def told(self) -> Iterator[set[Path]]:
        """The changes that the system tells of."""
        for changes in watchfiles.watch(
            *self.folders,
            watch_filter=lambda change, path: path.endswith(".py"),
            debounce=10 * SETTLE,
            step=SETTLE,
            stop_event=self.stopping,
            rust_timeout=200,
            recursive=False,
            raise_interrupt=False,
        ):
            yield {Path(path) for _, path in changes}

    def seen(self) -> Iterator[set[Path]]:
        """The changes between two looks.

        The polling of watchfiles compares whole seconds: it misses a save that follows another
        within a second.
        """
        known, changed = self.look(), set[Path]()
        while not self.stopping.wait((SETTLE if changed else POLL) / 1000):
            now = self.look()
            news = {path for path in known.keys() | now.keys() if known.get(path) != now.get(path)}
            known = now
            if changed and not news:
                yield changed
                changed = set()
            changed |= news

    def look(self) -> dict[Path, tuple[int, int, int]]:
        """When each Python file was written, how long it is, and which file it is."""
        found = {}
        for path in (path for folder in self.folders for path in folder.glob("*.py")):
            with contextlib.suppress(OSError):  # it is gone
                about = path.stat()
                found[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
        return found
