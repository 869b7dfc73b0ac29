"""A watch on a folder: which names appear in it, and whether they are complete at once.

Linux tells a process that asks (inotify) whether a name was made in the folder, so that what is in
it comes later, or was moved there with all that it has. No clock is involved.
"""

from __future__ import annotations

import ctypes
import os
import struct

CREATED, MOVED_HERE = 0x100, 0x80
HEADER = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class Watch:
    """A context manager that watches a folder.

    Attributes:
        seen: after the block, the names that appeared in the folder, in order, each with
            "complete" or "empty".
    """

    def __init__(self, folder: str | os.PathLike[str]):
        self.folder = folder

    def __enter__(self) -> Watch:
        libc = ctypes.CDLL(None, use_errno=True)
        self.notes = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if libc.inotify_add_watch(self.notes, os.fsencode(self.folder), CREATED | MOVED_HERE) < 0:
            raise OSError(ctypes.get_errno(), "inotify cannot watch the folder")
        return self

    def __exit__(self, *_: object) -> None:
        try:
            data = os.read(self.notes, 2**20)
        except BlockingIOError:
            data = b""
        finally:
            os.close(self.notes)
        self.seen: list[tuple[str, str]] = []
        at = 0
        while at < len(data):
            _, mask, _, length = HEADER.unpack_from(data, at)
            at += HEADER.size
            name = os.fsdecode(data[at : at + length].rstrip(b"\0"))
            # A symbolic link is made in one go; what it leads to was there.
            is_link = os.path.islink(os.path.join(self.folder, name))
            self.seen.append((name, "complete" if mask & MOVED_HERE or is_link else "empty"))
            at += length
