"""The median leaves out the first call, which traces, and not the rest of the warm-up.

breaks: "is the median of the `runs` calls after the `warmup` calls"
fails: test_the_warm_up_is_left_out, test_a_hiccup_does_not_move_the_result
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
    return {"first_s": durations[0], "median_s": statistics.median(durations[1:])}


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
