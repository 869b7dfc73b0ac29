"""The warm process: waits on its socket and has every request judged.

Run as `python -m dojo.warm.server FOLDER ROOT`; `dojo warm` does that in the background.
"""

from __future__ import annotations

import argparse
import contextlib
import hmac
import multiprocessing
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TextIO

from dojo.catalogue import Catalogue, CatalogueError
from dojo.runner.messages import Request
from dojo.runner.spawn import Forks, launcher
from dojo.runner.supervisor import AskerGoneError, Launcher, folders_of, supervise
from dojo.warm.address import Address, Home, fingerprint
from dojo.warm.wire import tell, told

IDLE = 30 * 60.0  # seconds without a request until the process ends by itself
PATIENCE = 2.0  # seconds in which a client has to say what it wants


class Server:
    """Answers requests until it is asked to stop.

    Args:
        home: where it is found.
        starter: a stream that ends with the process that started this one, if the two are tied.
    """

    def __init__(self, home: Home, starter: TextIO | None):
        home.make()
        self.home = home
        self.starter: list[Any] = [starter] if starter else []
        self.mark = fingerprint(home.root)  # before the imports: a change during them must count
        self.key = secrets.token_hex(32)
        self.way: Launcher = launcher()
        self.lifeline, self.alive = multiprocessing.Pipe(duplex=False)  # for answering processes
        with contextlib.suppress(CatalogueError):  # a child will say it
            Catalogue(home.root).katas  # noqa: B018 (parsed once, for all children)

    def serve(self, idle: float) -> None:
        """Wait for requests, until none has come for `idle` seconds."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with listening(self.home) as listener:
            address = Address(os.getpid(), listener.getsockname(), self.key, self.mark)
            self.home.write(address)
            try:
                while wait([listener, *self.starter], idle) == [listener]:
                    channel, _ = listener.accept()
                    with channel:
                        if not self.admit(channel, listener):
                            self.home.clear()
                            self.reap(wait_for_them=True)
                            return
                    self.reap()
            finally:
                self.home.clear()

    def admit(self, channel: socket.socket, listener: socket.socket) -> bool:
        """Serve one connection; False when it asks the server to stop."""
        message = self.wish(channel)
        if message.get("ask") == "stop":
            return False
        if message.get("ask") != "run":
            return True
        request = Request(**message["request"])
        if not isinstance(self.way, Forks):
            self.answer(channel, request, *self.starter)
            self.way.refill()
        elif os.fork() == 0:  # several runs at a time, each followed by a process of its own
            try:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                listener.close()
                self.alive.close()
                self.answer(channel, request, self.lifeline)
            finally:
                os._exit(0)
        return True

    def wish(self, channel: socket.socket) -> dict[str, Any]:
        """What the client wants; nothing if it does not have the key."""
        channel.settimeout(PATIENCE)
        try:
            message = next(told(channel), {})
            allowed = hmac.compare_digest(str(message.get("key")), self.key)
        except (OSError, ValueError, AttributeError):
            return {}
        channel.settimeout(None)
        return message if allowed else {}

    def answer(self, channel: socket.socket, request: Request, *lifelines: Any) -> None:
        with contextlib.suppress(AskerGoneError, OSError):
            result = supervise(
                request, self.way, lambda event: tell(channel, event), channel, lifelines
            )
            tell(channel, {"event": "result", "result": asdict(result)})

    def reap(self, wait_for_them: bool = False) -> None:
        """Collect answering processes that have ended, and what those that were killed left."""
        if not isinstance(self.way, Forks):
            return
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, 0 if wait_for_them else os.WNOHANG)[0]:
                for folder in Path(tempfile.gettempdir()).glob(folders_of(pid) + "*"):
                    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def listening(home: Home) -> Iterator[socket.socket]:
    """A socket file in a private folder; where there is none, a port of the loopback."""
    if sys.platform == "win32":
        with socket.create_server(("127.0.0.1", 0)) as listener:
            yield listener
        return
    home.socket.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(home.socket))
        listener.listen()
        yield listener


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("root", type=Path)
    options.add_argument("--idle", type=float, default=IDLE)
    options.add_argument("--tied", action="store_true", help="end when stdin does")
    chosen = options.parse_args()
    starter = sys.stdin if chosen.tied else None
    Server(Home(chosen.folder, chosen.root), starter).serve(chosen.idle)


if __name__ == "__main__":
    main()
