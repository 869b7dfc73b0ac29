"""Gradings on a Dask cluster: https://distributed.dask.org

The workers need the same checkout, installed with its extra "cluster". What they grade is sent to
them, and this process alone writes results: no folder has to be shared.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from examiner.batch.work import Outcome, Work, grade_apart
from examiner.model import ExaminerError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 300.0  # seconds in which a scheduler that is gone may come back
PAUSE = 1.0
LOST = (OSError, TimeoutError, asyncio.TimeoutError, CancelledError)


class LostError(Exception):
    """The scheduler does not know any more what it was asked for."""


def on_cluster(works: list[Work], scheduler: str) -> Iterator[tuple[Work, Outcome]]:
    """The outcomes, as they come. What a scheduler has forgotten is asked for again.

    Raises:
        ExaminerError: there is no scheduler, or it does not come back.
    """
    from distributed import Client

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what matters is said below
    waiting = {work.key: work for work in works}
    until = 0.0
    while waiting:
        try:
            with Client(scheduler, timeout="10s", set_as_default=False) as client:
                until = time.monotonic() + PATIENCE
                for key, outcome in asked(client, list(waiting.values())):
                    until = time.monotonic() + PATIENCE
                    yield waiting.pop(key), outcome
        except (LostError, *LOST) as error:
            if time.monotonic() > until:
                raise ExaminerError(f"No scheduler answers at {scheduler}: {error}") from None
            print("The scheduler is gone. Waiting for it.", flush=True)
            time.sleep(PAUSE)


def asked(client: Client, works: list[Work]) -> Iterator[tuple[str, Outcome]]:
    """Ask for these, and hear outcomes until all are there; LOST or LostError if not."""
    from distributed import as_completed

    futures = [client.submit(grade_apart, work, key=work.key) for work in works]
    for future in as_completed(futures, loop=client.loop, raise_errors=False):
        if future.status == "finished":
            yield future.key, future.result()
        elif future.status == "error":  # its workers died, one after the other
            yield future.key, Outcome("failed", f"{future.exception()}"[:400])
        else:
            raise LostError("it has forgotten what it was asked for")
