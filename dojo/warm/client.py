"""Ask the warm process of a checkout, start it, stop it. Imports neither TensorFlow nor pytest."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from typing import Any

from dojo.runner.messages import Request, Result, receive, send
from dojo.warm.address import Address, Home, fingerprint

STARTS_WITHIN = 180.0  # seconds; the imports take 5 to 60


class ServerError(Exception):
    """The warm process did not start; the text says where its last words are."""


def ask(
    home: Home, request: Request, progress: Callable[[Any], None] | None = None
) -> Result | None:
    """Have `request` judged by the warm process; None when there is none that fits."""
    address = home.read()
    if address is None:
        return None
    if address.fingerprint != fingerprint(home.root):
        stop(home)
        start(home)  # ready for the next run; this one goes its own way
        return None
    return ask_at(address, request, progress)


def ask_at(
    address: Address, request: Request, progress: Callable[[Any], None] | None = None
) -> Result | None:
    """Have `request` judged by the process at `address`; None when there is none any more."""
    with contextlib.suppress(EOFError, OSError, AuthenticationError), connect(address) as channel:
        send(channel, {"ask": "run", "request": asdict(request)})
        while True:
            message = receive(channel)
            if message["event"] == "result":
                return Result.from_dict(message["result"])
            if progress:
                progress(message)
    return None


def connect(address: Address) -> Connection:
    return Client(address.address, authkey=bytes.fromhex(address.key))


def is_up(home: Home) -> bool:
    """Whether a warm process answers that is good for the checkout as it is now."""
    address = home.read()
    if address is None or address.fingerprint != fingerprint(home.root):
        return False
    with contextlib.suppress(EOFError, OSError, AuthenticationError), connect(address):
        return True
    return False


def stop(home: Home) -> bool:
    """Ask the warm process to end after what it is doing; False when there was none."""
    address = home.read()
    if address is None:
        return False
    home.file.unlink(missing_ok=True)
    with contextlib.suppress(EOFError, OSError, AuthenticationError), connect(address) as channel:
        send(channel, {"ask": "stop"})
        return True
    return False


def start(home: Home, idle: float | None = None) -> subprocess.Popen[bytes]:
    """Start the warm process in the background, without waiting for its imports."""
    home.make()
    command = [sys.executable, "-m", "dojo.warm.server", str(home.folder), str(home.root)]
    if idle is not None:
        command.append(str(idle))
    with home.log.open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=home.root,
            stdin=subprocess.DEVNULL,
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
