"""Sends what is no event, in every form, to whoever follows the run."""

import gc
from multiprocessing.connection import Connection

CHANNELS = [each for each in gc.get_objects() if isinstance(each, Connection)]


def make_counter():
    for channel in CHANNELS:
        for text in (
            b"[" * 100_000,
            b"[]",
            b"{}",
            b'{"event": "report", "id": [], "report": []}',
            b'{"event": "report", "id": "x", "report": {"verdict": 1, "outcome": 2}}',
            b'{"event": "start", "id": "x", "limit": "never"}',
            b"\xff\xfe",
        ):
            try:
                channel.send_bytes(text)
            except (OSError, ValueError):
                continue
    return lambda x: 0
