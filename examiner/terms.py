"""What is asked for, and how it is graded."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from examiner.jail import Limits


@dataclass(frozen=True)
class Terms:
    """What one submission, or a batch of them, is graded by.

    Attributes:
        task: what the task is called; a submission that was packed for another one is a doubt.
        stubs: the (kata, stub) pairs that were asked for; by default those of the task, if the
            submission brings it along, else those that it has.
        hidden: tests that the candidate did not have, as `q09/counter/test_name`.
        seed: of random inputs and of the choice of controls; drawn if it is not given.
        unsafe: do without bubblewrap.
        lanes: how many jobs run side by side; by default as many as there are cores.
    """

    task: str = ""
    stubs: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()
    seed: int | None = None
    unsafe: bool = False
    lanes: int | None = None
    limits: Limits = field(default_factory=Limits)


def cores() -> int:
    """How many the process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
