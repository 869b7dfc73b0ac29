"""How fast is a step, and how often does Python have to ask TensorFlow for something?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(
    step: Callable[..., tf.Tensor],
    args: tuple[Any, ...],
    *,
    warmup: int,
    runs: int,
    clock: Callable[[], float],
    wait: Callable[[tf.Tensor], None],
) -> dict[str, float]:
    """Time `step(*args)` with a clock that is handed in.

    >>> seconds = iter([0.0, 5.0, 6.0, 6.1, 7.0, 7.3, 8.0, 17.0])  # 5, 0.1, 0.3 and 9 s
    >>> measured = benchmark(
    ...     tf.abs, (tf.constant(1.0),), warmup=1, runs=3,
    ...     clock=lambda: next(seconds), wait=lambda result: None,
    ... )
    >>> measured["first_s"], round(measured["median_s"], 3)
    (5.0, 0.3)

    A call may return before its work is done; `wait(result)` returns when it is. `warmup` and
    `runs` are at least 1.

    Returns:
        - "first_s" is the duration of the very first call, the first of the warm-up.
        - "median_s" is the median of the `runs` calls after the `warmup` calls.
        - The duration of a call includes the wait for its result.
        - The results of the warm-up are waited for, too.
        - `step(*args)` is called `warmup + runs` times, and not once more.
    """
    raise NotImplementedError


def dispatches(fn: Callable[[], Any], logdir: str) -> int:
    """Count the operations that Python hands to TensorFlow while `fn()` runs under the profiler.

    >>> compiled = tf.function(lambda x: x * x + x)
    >>> x = tf.constant(2.0)
    >>> float(compiled(x))  # traces
    6.0
    >>> dispatches(lambda: compiled(x), "logs")
    1

    In a profile, each of them is one event whose name begins with `EagerLocalExecute`. The profiler
    writes `<logdir>/plugins/profile/<time>/<host>.xplane.pb`. The time is exact to the second, so
    callers leave a second between two calls with the same `logdir`.

    Returns:
        The number of dispatches: one for each op that runs eagerly.

        - A call of a tf.function counts as one.
        - `fn` runs once.
        - The profile stays in `logdir`.
        - Older profiles in `logdir` stay, and are not counted.

    Beyond the idea:
        - Older profiles may be in folders of any name.
        - When `fn` raises, KeyboardInterrupt included, its exception comes out.
        - The profiler has been stopped then.
    """
    raise NotImplementedError


def event_names(profile: Path) -> list[str]:
    """Read the names of all events in a profile. This function is complete."""
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
