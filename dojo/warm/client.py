"""Ask the warm process of a checkout, start it, stop it. Imports neither TensorFlow nor pytest."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from dojo.installation import lacks_tensorflow
from dojo.runner.messages import Request, Result
from dojo.warm.address import DOJO, Address, Home, HomeError, fingerprint
from dojo.warm.wire import INTERRUPT, tell, told

STARTS_WITHIN = 180.0  # seconds; the imports take 5 to 60


class ServerError(Exception):
    """The warm process did not start; the text says why, or where its last words are."""


def ask(
    home: Home, request: Request, progress: Callable[[Any], None] | None = None
) -> Result | None:
    """Have `request` judged by the warm process; None when there is none that fits."""
    address = home.read()
    if address is None:
        return None
    if address.fingerprint != fingerprint(home.root):
        stop(home)
        with contextlib.suppress(ServerError, HomeError):
            start(home)  # ready for the next run; this one goes its own way
        return None
    return ask_at(address, request, progress)


def ask_at(
    address: Address, request: Request, progress: Callable[[Any], None] | None = None
) -> Result | None:
    """Have `request` judged by the process at `address`; None when there is none any more."""
    with contextlib.suppress(OSError, ValueError), connected(address) as channel:
        tell(channel, {"key": address.key, "ask": "run", "request": asdict(request)})
        with passing_on_interrupts(channel):
            for message in told(channel):
                if message["event"] == "result":
                    return Result.from_dict(message["result"])
                if progress:
                    progress(message)
    return None


@contextlib.contextmanager
def connected(address: Address) -> Iterator[socket.socket]:
    is_file = isinstance(address.address, str)
    family = socket.AF_UNIX if is_file and sys.platform != "win32" else socket.AF_INET
    with socket.socket(family) as channel:
        channel.connect(address.address)
        yield channel


@contextlib.contextmanager
def passing_on_interrupts(channel: socket.socket) -> Iterator[None]:
    """The first Ctrl-C ends the run, which says what is known; the second one ends the waiting."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def pass_on(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        with contextlib.suppress(OSError):
            channel.sendall(INTERRUPT)

    before = signal.signal(signal.SIGINT, pass_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def is_up(home: Home) -> bool:
    """Whether a warm process answers that is good for the checkout as it is now."""
    address = home.read()
    if address is None or address.fingerprint != fingerprint(home.root):
        return False
    with contextlib.suppress(OSError), connected(address):
        return True
    return False


def stop(home: Home) -> bool:
    """Ask the warm process to end after what it is doing; False when there was none."""
    address = home.read()
    if address is None:
        return False
    with contextlib.suppress(OSError):
        home.file.unlink()
    with contextlib.suppress(OSError), connected(address) as channel:
        tell(channel, {"key": address.key, "ask": "stop"})
        return True
    return False


def start(home: Home, idle: float | None = None, tied: bool = False) -> subprocess.Popen[bytes]:
    """Start the warm process, without waiting for its imports.

    Args:
        idle: seconds without a request until it ends by itself; by default half an hour.
        tied: whether it ends with this process; otherwise it stays in the background.

    Raises:
        ServerError, HomeError: it cannot be started; the text says why.
    """
    if sentence := lacks_tensorflow():
        raise ServerError(sentence)
    home.make()
    command = [sys.executable, "-m", "dojo.warm.server", str(home.folder), str(home.root)]
    command += [f"--idle={idle}"] if idle is not None else []
    command += ["--tied"] if tied else []
    with home.opened_log() as log:
        return subprocess.Popen(
            command,
            cwd=DOJO.parent,
            stdin=subprocess.PIPE if tied else subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_until_up(home: Home, server: subprocess.Popen[bytes]) -> None:
    """Raises ServerError when the warm process ends or is not up in time."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if is_up(home):
            return
        if server.poll() is not None:
            raise ServerError(f"The warm process ended at its start; see {home.log}.")
        time.sleep(0.05)
    server.kill()
    raise ServerError(f"The warm process did not start within {STARTS_WITHIN:g} s.")
