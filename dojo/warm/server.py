"""The warm process: waits on its socket and has every request judged.

Run as `python -m dojo.warm.server FOLDER ROOT [IDLE]`; `dojo warm` does that in the background.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from pathlib import Path

from dojo.catalogue import Catalogue, CatalogueError
from dojo.runner.messages import Request, receive, send
from dojo.runner.spawn import Forks, launcher
from dojo.runner.supervisor import AskerGoneError, Launcher, supervise
from dojo.warm.address import Address, Home, fingerprint

IDLE = 30 * 60.0  # seconds without a request until the process ends by itself


def serve(home: Home, idle: float = IDLE) -> None:
    """Answer requests until asked to stop, or until none has come for `idle` seconds."""
    home.make()
    mark = fingerprint(home.root)  # before the imports: a change during them must count
    key = secrets.token_bytes(32)
    way = launcher()
    with contextlib.suppress(CatalogueError):  # a child will say it
        Catalogue(home.root).katas  # noqa: B018 (parsed once, for all children)
    with listening(home) as listener, contextlib.suppress(TimeoutError):
        home.write(Address(os.getpid(), listener.getsockname(), key.hex(), mark))
        listener.settimeout(idle)
        try:
            while True:
                connected, _ = listener.accept()
                connected.setblocking(True)
                with Connection(connected.detach()) as channel:
                    if not admit(channel, key, way):
                        break
                reap()
        finally:
            home.clear()


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


def admit(channel: Connection, key: bytes, way: Launcher) -> bool:
    """Serve one connection; False when it asks the server to stop."""
    try:
        deliver_challenge(channel, key)
        answer_challenge(channel, key)
        message = receive(channel)
    except (AuthenticationError, EOFError, OSError, ValueError):
        return True
    if message["ask"] == "stop":
        return False
    request = Request(**message["request"])
    if not isinstance(way, Forks):
        answer(channel, request, way)
        way.refill()
    elif os.fork() == 0:  # several runs at a time, each followed by a process of its own
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            answer(channel, request, way)
        finally:
            os._exit(0)
    return True


def answer(channel: Connection, request: Request, way: Launcher) -> None:
    with contextlib.suppress(AskerGoneError, OSError):
        result = supervise(request, way, lambda event: send(channel, event), channel)
        send(channel, {"event": "result", "result": asdict(result)})


def reap() -> None:
    """Collect the exit status of answering processes that have ended."""
    with contextlib.suppress(ChildProcessError, AttributeError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    serve(Home(Path(sys.argv[1]), Path(sys.argv[2])), *map(float, sys.argv[3:]))
