"""Which of the learner's files have changed: told as soon as they have come to rest.

Editors save in different ways: in place, in two writes, under another name that is then renamed, or
beside a swap file. What counts is what stands in the file when nothing has happened for a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
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
        for changes in watchfiles.watch(
            *self.folders,
            watch_filter=lambda change, path: path.endswith(".py"),
            debounce=10 * SETTLE,
            step=SETTLE,
            stop_event=self.stopping,
            rust_timeout=200,
            force_polling=self.polls,
            poll_delay_ms=POLL,
            recursive=False,
            raise_interrupt=False,
        ):
            self.tell({Path(path) for _, path in changes})
