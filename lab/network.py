"""Addresses on this machine for a cluster of processes, and a network of its own for it."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys

NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000  # flags of unshare(2)
SET_FLAGS, UP_AND_RUNNING = 0x8914, 0x1 | 0x40  # of an interface, by ioctl(2)


def addresses(count: int) -> list[str]:
    """So many different free addresses on the loopback interface, such as "127.0.0.1:41234"."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    found = [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    return found


def private_network() -> bool:
    """Give this process and its children a network of their own, which nobody else reaches.

    TensorFlow's servers listen on all interfaces; in here there is only the loopback interface.
    True if the kernel allows it; otherwise all stays as it is.
    """
    if not sys.platform.startswith("linux"):
        return False
    import fcntl

    libc = ctypes.CDLL(None)
    if libc.unshare(NEW_NETWORK) and (os.getuid() == 0 or libc.unshare(NEW_USER | NEW_NETWORK)):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", b"lo", UP_AND_RUNNING, b"")
        fcntl.ioctl(any_socket, SET_FLAGS, request)
    return True
