"""Record some steps of a training loop, so that tools can tell what they spent their time on."""

from collections.abc import Callable
from os import PathLike
from typing import Any

import tensorflow as tf


def capture(
    logdir: str | PathLike[str],
    step: Callable[[Any], Any],
    dataset: tf.data.Dataset,
    steps: int,
    warmup: int = 1,
) -> str:
    """Run `warmup` steps, then `steps` further ones under the profiler.

    In one pass over the dataset, each step is given the next batch: `step(batch)`. The warm-up
    steps are not in the capture. In it, each step is marked as one, so that the overview page of
    the profiler lists it (of 6 steps or more it leaves out the first and the last), with a number
    of its own; and the time in which the step waits for its batch lies within the step.

    Args:
        logdir: where TensorBoard will look. Captures that are there already stay as they are.
        step: takes a batch, and runs a compiled function on it.
        dataset: of batches; it may be endless.
        steps: how many to capture; 1 or more.
        warmup: how many to run before; 0 or more.

    Returns:
        The path of the file that was written: LOGDIR/plugins/profile/RUN/HOST.xplane.pb.

    Raises:
        ValueError: the dataset has fewer than `warmup + steps` batches.
        Exception: whatever a step raises. What was captured until then is on disk, and the
            profiler is not running any more: the next capture can begin.
    """
    raise NotImplementedError
