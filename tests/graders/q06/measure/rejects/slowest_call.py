"""The first call is taken to be the slowest of all.

breaks: "is the duration of the very first call"
fails: test_the_first_call_is_told_apart
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
    return {"first_s": max(durations), "median_s": statistics.median(durations[warmup:])}


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
