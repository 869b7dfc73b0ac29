"""The results are waited for once, after the last call.

breaks: "The duration of a call includes the wait for its result", "The results of the warm-up are
waited for, too"
fails: test_a_call_lasts_until_its_result_is_there
"""

import statistics
from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(step, args, *, warmup, runs, clock, wait):
    durations = []
    for _ in range(warmup + runs):
        start = clock()
        result = step(*args)
        durations.append(clock() - start)
    wait(result)
    return {"first_s": durations[0], "median_s": statistics.median(durations[warmup:])}


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
