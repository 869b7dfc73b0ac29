"""The profiler is started and stopped, and nothing marks the steps.

breaks: "Each captured step is marked, so that the profiler's overview page lists it"
fails: test_the_overview_lists_every_step, test_steps_have_numbers, test_a_step_waits_for_its_batch, test_a_step_runs_within_its_marker, test_a_dataset_of_any_length, test_an_exception_ends_the_capture
"""

import time
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

import tensorflow as tf

profiler = tf.profiler.experimental


def capture(
    logdir: str | PathLike[str],
    step: Callable[[Any], Any],
    dataset: tf.data.Dataset,
    steps: int,
    warmup: int = 1,
) -> str:
    batches = iter(dataset)
    for _ in range(warmup):
        step(following(batches))
    before = captures(logdir)
    with profiler.Profile(str(logdir)):
        try:
            for _ in range(steps):
                step(following(batches))
        finally:
            wait_for_a_new_name(before)
    (file,) = captures(logdir) - before
    return str(file)


def following(batches: Any) -> Any:
    try:
        return next(batches)
    except StopIteration:
        raise ValueError("The dataset has too few batches.") from None


def captures(logdir: str | PathLike[str]) -> set[Path]:
    return set(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))


def wait_for_a_new_name(taken: set[Path]) -> None:
    """A capture is named by the second in which it ends, and replaces one of the same name."""
    while any(time.strftime("%Y_%m_%d_%H_%M_%S") == file.parent.name for file in taken):
        time.sleep(0.05)
