"""Addresses for a cluster, and a network that nobody else is in."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from lab.network import addresses
from tests.toy import ROOT

ALONE = """
import socket, sys
from lab.network import addresses, private_network

outside = ("127.0.0.1", int(sys.argv[1]))
socket.create_connection(outside).close()
print(private_network())
try:
    socket.create_connection(outside).close()
except ConnectionRefusedError:
    print("refused")
(address,) = addresses(1)
host, port = address.split(":")
with socket.create_server((host, int(port))):
    socket.create_connection((host, int(port))).close()
print("inside")
"""


def test_addresses_are_different_and_free() -> None:
    found = addresses(20)
    assert len(set(found)) == 20
    sockets = [socket.socket() for _ in found]
    for each, address in zip(sockets, found, strict=True):
        host, port = address.split(":")
        each.bind((host, int(port)))
    for each in sockets:
        each.close()


def test_a_private_network_reaches_itself_and_nobody_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-c", ALONE, str(listener.getsockname()[1])]
        seen = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if not seen.startswith("True"):
        pytest.skip("the kernel allows no private network")
    assert seen.split() == ["True", "refused", "inside"]
