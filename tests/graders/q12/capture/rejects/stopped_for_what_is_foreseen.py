"""The profiler is stopped where a step fails or batches run out, and nowhere else.

breaks: "After any exception the profiler is off"
fails: test_an_exception_ends_the_capture
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
    profiler.start(str(logdir))
    for number in range(steps):
        with profiler.Trace("train", step_num=number, _r=1):
            try:
                batch = following(batches)
            except ValueError:
                end(before)
                raise
            try:
                step(batch)
            except BaseException:
                end(before)
                raise
    end(before)
    (file,) = captures(logdir) - before
    return str(file)


def end(before: set[Path]) -> None:
    wait_for_a_new_name(before)
    profiler.stop()


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
