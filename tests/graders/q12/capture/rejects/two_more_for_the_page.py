"""Two more steps are captured, because the overview page leaves two out.

breaks: "how many to capture, 1 or more"
fails: test_steps_have_numbers
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
            shown = steps + 2 if steps > 5 else steps
            for number in range(shown):
                with profiler.Trace("train", step_num=number, _r=1):
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
