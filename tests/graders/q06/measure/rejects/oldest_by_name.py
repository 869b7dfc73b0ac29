"""The first profile that a listing gives is taken for the new one.

breaks: "stay, and are not counted"
fails: test_an_older_profile_is_not_counted
"""

import statistics
from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(step, args, *, warmup, runs, clock, wait):
    durations = []
    for _ in range(warmup + runs):
        start = clock()
        wait(step(*args))
        durations.append(clock() - start)
    return {"first_s": durations[0], "median_s": statistics.median(durations[warmup:])}


def dispatches(fn, logdir):
    with tf.profiler.experimental.Profile(logdir):
        fn()
    one = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))[0]
    names = event_names(one)
    return sum(name.startswith("EagerLocalExecute") for name in names)


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
