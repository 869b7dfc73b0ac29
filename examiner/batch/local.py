"""Gradings side by side on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

import psutil

from examiner.batch.work import Outcome, Work, grade_apart


def on_this_machine(works: list[Work], jobs: int) -> Iterator[tuple[Work, Outcome]]:
    """The outcomes, as they come. When the batch is interrupted, what is being graded ends."""
    pool = ThreadPoolExecutor(jobs)
    try:
        futures = {pool.submit(grade_apart, work): work for work in works}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in psutil.Process().children():
            process.kill()
