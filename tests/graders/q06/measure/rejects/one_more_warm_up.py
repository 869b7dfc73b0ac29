"""The first call is timed by itself, and a warm-up of at least one call follows.

breaks: "is called `warmup + runs` times, and not once more"
fails: test_the_step_is_called_as_often_as_said
"""

import statistics
from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(step, args, *, warmup, runs, clock, wait):
    def timed():
        start = clock()
        wait(step(*args))
        return clock() - start

    first = timed()
    for _ in range(max(1, warmup - 1)):
        timed()
    return {"first_s": first, "median_s": statistics.median(timed() for _ in range(runs))}


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
