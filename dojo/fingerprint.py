"""Whether a file is still the one that it was."""

from __future__ import annotations

import hashlib


def fingerprint(data: bytes) -> str:
    """The same for the same text, also where git has turned line feeds into something else."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
