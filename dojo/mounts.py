"""What kind of file system a folder lies on, and what follows from that."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

NETWORK = ("nfs", "cifs", "smb", "9p", "fuse", "drvfs", "vboxsf")


def needs_polling(folders: Iterable[Path]) -> bool:
    """Whether the system tells nothing of changes there: network folders, and Windows' in WSL."""
    return any(kind_of_file_system(folder).startswith(NETWORK) for folder in folders)


def kind_of_file_system(folder: Path) -> str:
    """As `ext4` or `nfs4`; empty where the system does not list its mounts."""
    best, kind = "", ""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in mounts:
        _, place, named, *_ = line.split()
        inside = os.path.commonpath([place, folder.resolve()]) == place
        if inside and len(place) >= len(best):
            best, kind = place, named
    return kind
