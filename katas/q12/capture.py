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

    >>> seen = []
    >>> def step(batch):
    ...     seen.append(batch.numpy().tolist())
    >>> file = capture("logs", step, tf.data.Dataset.range(8).batch(2), steps=2)
    >>> seen
    [[0, 1], [2, 3], [4, 5]]
    >>> file
    'logs/plugins/profile/.../....xplane.pb'

    - Each step is given the next batch of one pass over the dataset, as `step(batch)`, unchanged.
    - The capture has nothing of the warm-up steps.
    - Each captured step is marked, so that the profiler's overview page lists it.
    - Each marker has an integer of its own, its `step_num`.
    - A captured step fetches its batch within its marker.
    - It runs within its marker.

    Of 6 steps or more, the overview page leaves out the first and the last.

    Args:
        logdir: the folder that TensorBoard reads.
        steps: how many to capture, 1 or more.
        warmup: how many to run before, 0 or more.

    Returns:
        The path of the new file, a string: LOGDIR/plugins/profile/RUN/HOST.xplane.pb. It is
        relative if `logdir` is.

    Raises:
        ValueError: the dataset has fewer than `warmup + steps` batches.

    Beyond the idea:
        - The dataset may be endless, or of unknown length.
        - What a step raises comes out unchanged, a StopIteration or a KeyboardInterrupt, too.
        - What goes wrong in the dataset comes out unchanged.
        - After any exception the profiler is off, after the ValueError, too.
        - The steps until then are on disk.
        - Two captures within a second are two files.
    """
    raise NotImplementedError
