"""The learner's terminal: single keys without Enter, and the screen as it was afterwards."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

ESC = "\x1b"  # alone a key; an arrow, or a key of several characters, begins with it
KEYS_EVERY = 0.05  # seconds, where keys and events cannot be waited for together


class Terminal:
    """Keys, and events of other threads, one after the other.

    Attributes:
        keys: whether single keys can be read at all.
    """

    def __init__(self, keys: bool):
        self.keys = keys and sys.stdin.isatty()
        self.events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)
        self.before: Any = None

    def put(self, event: Any) -> None:
        """Called from any thread, or from a signal's handler."""
        self.events.put(event)
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self.writer, b"!")

    def get(self) -> Any:
        """The next event; a key is a text of one character."""
        while True:
            with contextlib.suppress(queue.Empty):
                return self.events.get_nowait()
            self.wait()

    def wait(self) -> None:
        """Sleep until there is something; keys that were typed become events."""
        if sys.platform == "win32":
            if self.keys and msvcrt.kbhit():
                self.events.put(msvcrt.getwch())
            else:
                time.sleep(KEYS_EVERY)
            return
        ready, _, _ = select.select([self.reader, *([sys.stdin] if self.keys else [])], [], [])
        if self.reader in ready:
            os.read(self.reader, 4096)
        if sys.stdin in ready:
            typed = os.read(sys.stdin.fileno(), 32).decode("utf-8", "replace")
            self.keys = bool(typed)  # it was closed
            if typed == ESC or not typed.startswith(ESC):
                for key in typed:
                    self.events.put(key)
        return

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Keys come without Enter, and are not shown; afterwards all is as it was."""
        self.take()
        stopped: Any = None
        if sys.platform != "win32":
            signal.signal(signal.SIGWINCH, lambda *_: self.put("resized"))
            stopped = signal.signal(signal.SIGTSTP, self.stop)
        try:
            yield
        finally:
            self.give_back()
            if sys.platform != "win32":
                signal.signal(signal.SIGWINCH, signal.SIG_DFL)
                signal.signal(signal.SIGTSTP, stopped)

    def take(self) -> None:
        if self.keys and sys.platform != "win32":
            self.before = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)

    def give_back(self) -> None:
        if self.before is not None and sys.platform != "win32":
            with contextlib.suppress(termios.error):  # the terminal was closed
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self.before)
            self.before = None

    def stop(self, *_: object) -> None:
        """Ctrl-Z: stop as any program does, and go on where it was."""
        if sys.platform != "win32":
            self.give_back()
            os.kill(os.getpid(), signal.SIGSTOP)
            self.take()
            self.put("resized")

    def lend(self, command: list[str]) -> str:
        """Let another program have the terminal; what went wrong, in a sentence, or nothing."""
        self.give_back()
        try:
            subprocess.run(command, check=False)
        except OSError as error:
            return f"{command[0]} cannot be started: {error.strerror}."
        finally:
            self.take()
        return ""

    def ask(self, question: str) -> str:
        """A line that is typed as lines are; lines that are pasted become one. Empty for none."""
        self.give_back()
        try:
            typed = [input(question)]
            while sys.platform != "win32" and select.select([sys.stdin], [], [], 0)[0]:
                typed.append(input())
            return " ".join(" ".join(typed).split())
        except (EOFError, KeyboardInterrupt):
            return ""
        finally:
            self.take()
