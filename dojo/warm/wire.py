"""What client and server say to each other: lines of JSON on a socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

INTERRUPT = b"interrupt\n"


def tell(channel: socket.socket, message: Mapping[str, Any]) -> None:
    channel.sendall(json.dumps(message).encode() + b"\n")


def told(channel: socket.socket) -> Iterator[dict[str, Any]]:
    """The messages from the other side, until it closes; raises OSError or ValueError."""
    with channel.makefile("rb") as lines:
        for line in lines:
            yield json.loads(line)
