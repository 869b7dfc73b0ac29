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
    """Time `step(*args)`.

    `step` is called `warmup` times and then `runs` times, and not once more. The duration of a
    call lasts until its result is there: `step` may return before its work is done. That holds in
    the warm-up, too: work that is not waited for there delays the calls that are measured.

    Args:
        step: what is measured.
        args: its arguments, the same in every call.
        warmup: how many calls come first, to be left out of the median; at least 1.
        runs: how many calls follow and are measured; at least 1.
        clock: gives the time in seconds, as time.perf_counter does.
        wait: takes a result of `step` and returns when it has been computed.

    Returns:
        "first_s": how long the very first call took, which belongs to the warm-up;
        "median_s": the median of the `runs` calls after the warm-up; both in seconds.
    """
    raise NotImplementedError


def dispatches(fn: Callable[[], Any], logdir: str) -> int:
    """How many operations Python hands to TensorFlow while `fn()` runs, once, under the profiler.

    An op that runs eagerly is one of them; a call of a tf.function, whatever its graph holds,
    is one of them, too, and so may be the making of a tensor from Python numbers. In a profile,
    each is an event named "EagerLocalExecute: " and the name of the op or function.

    The profile stays in `logdir`, where TensorBoard finds it: the profiler writes it as
    `<logdir>/plugins/profile/<time>/<host>.xplane.pb`. Older profiles may be there already, in
    folders of any name; they are kept, and not counted. The time is one in seconds, so that two
    calls with one `logdir` are at least a second apart. When `fn` fails, its exception comes out
    and the profiler has been stopped.
    """
    raise NotImplementedError


def event_names(profile: Path) -> list[str]:
    """The names of all events in a profile, a file `<logdir>/plugins/profile/*/*.xplane.pb`.

    This function is complete.
    """
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
