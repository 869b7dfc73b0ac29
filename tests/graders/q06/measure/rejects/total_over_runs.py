"""One clock runs around all measured calls: a mean by another name.

breaks: "is the median of the `runs` calls after the `warmup` calls"
fails: test_a_hiccup_does_not_move_the_result
"""

from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(step, args, *, warmup, runs, clock, wait):
    start = clock()
    wait(step(*args))
    first = clock() - start
    for _ in range(warmup - 1):
        wait(step(*args))
    start = clock()
    for _ in range(runs):
        wait(step(*args))
    return {"first_s": first, "median_s": (clock() - start) / runs}


def dispatches(fn, logdir):
    with tf.profiler.experimental.Profile(logdir):
        fn()
    profiles = Path(logdir).glob("plugins/profile/*/*.xplane.pb")
    newest = max(profiles, key=lambda profile: profile.stat().st_mtime_ns)
    return sum(name.startswith("EagerLocalExecute") for name in event_names(newest))


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
