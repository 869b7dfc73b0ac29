"""Of the warm-up, only the first and the last result are waited for.

breaks: "The results of the warm-up are waited for, too"
fails: test_a_call_lasts_until_its_result_is_there
"""

import statistics
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
    """Time `step(*args)`: the first call, which traces, apart from the median of the later ones.

    Every call is timed until its result is there, because a step may return before its work
    is done. The median leaves out the warm-up, and is not moved by a hiccup of the machine.
    """
    durations = []
    for call in range(warmup + runs):
        start = clock()
        result = step(*args)
        if call == 0 or call >= warmup - 1:
            wait(result)
        durations.append(clock() - start)
    return {"first_s": durations[0], "median_s": statistics.median(durations[warmup:])}


def dispatches(fn: Callable[[], Any], logdir: str) -> int:
    """How many operations Python hands to TensorFlow while `fn()` runs, once, under the profiler.

    The profile stays in `logdir`, where TensorBoard finds it. The context manager stops the
    profiler in any case: one that is left running would make every later start fail.
    """
    with tf.profiler.experimental.Profile(logdir):
        fn()
    profiles = Path(logdir).glob("plugins/profile/*/*.xplane.pb")
    newest = max(profiles, key=lambda profile: profile.stat().st_mtime_ns)
    return sum(name.startswith("EagerLocalExecute") for name in event_names(newest))


def event_names(profile: Path) -> list[str]:
    """The names of all events in a profile, a file `<logdir>/plugins/profile/*/*.xplane.pb`."""
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
