"""A request on its way to the warm process, which can be given up at any moment."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from dojo.runner.messages import Request, Result
from dojo.warm import client
from dojo.warm.address import Address, Home
from dojo.warm.wire import tell, told

PATIENCE = 5.0  # seconds, for a warm process that was asked to end


class Warmth:
    """A warm process: the one that is up, or one of our own that ends with us."""

    def __init__(self, home: Home):
        self.home = home
        self.own: subprocess.Popen[bytes] | None = None

    def address(self) -> Address:
        """Where it is; starts it if need be, which takes the time of the imports.

        Raises:
            ServerError, HomeError: it cannot be started.
        """
        if not client.is_up(self.home):
            client.stop(self.home)  # one that is out of date
            self.own = client.start(self.home, tied=True)
            client.wait_until_up(self.home, self.own)
        address = self.home.read()
        if address is None:
            raise client.ServerError("The warm process ended as soon as it was up.")
        return address

    def end(self) -> None:
        if self.own and self.own.poll() is None:
            listens = client.stop(self.home)
            assert self.own.stdin
            self.own.stdin.close()
            try:
                self.own.wait(PATIENCE if listens else 0)
            except subprocess.TimeoutExpired:  # it imports still, or is stuck
                self.own.kill()
                self.own.wait()


class Judging:
    """One run, in a thread of its own.

    Args:
        tell: called in that thread: with each event of the run, and at last with its Result, or
            with an exception if the warm process is not to be had. Not called any more once the
            run was given up.
    """

    def __init__(self, warmth: Warmth, request: Request, tell: Callable[[Any], None]):
        self.warmth, self.request, self.tell = warmth, request, tell
        self.channel: socket.socket | None = None
        self.given_up = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        try:
            outcome: Any = self.ask() or client.ServerError("The warm process has ended.")
        except Exception as error:
            outcome = error
        self.say(outcome)

    def say(self, what: Any) -> None:
        if not self.given_up.is_set():
            self.tell(what)

    def ask(self) -> Result | None:
        address = self.warmth.address()
        with contextlib.suppress(OSError, ValueError), client.connected(address) as self.channel:
            if self.given_up.is_set():
                return None
            request = {"key": address.key, "ask": "run", "request": asdict(self.request)}
            tell(self.channel, request)
            for message in told(self.channel):
                if message["event"] == "result":
                    return Result.from_dict(message["result"])
                self.say(message)
        return None

    def give_up(self) -> None:
        """End the run; the warm process kills it when nobody listens any more."""
        self.given_up.set()
        if self.channel:
            with contextlib.suppress(OSError):
                self.channel.shutdown(socket.SHUT_RDWR)
