"""Only ops are counted, and the call of a compiled function is left out.

breaks: "A call of a tf.function counts as one"
fails: test_a_compiled_call_is_one_dispatch
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
    profiles = Path(logdir).glob("plugins/profile/*/*.xplane.pb")
    newest = max(profiles, key=lambda profile: profile.stat().st_mtime_ns)
    names = [name for name in event_names(newest) if name.startswith("EagerLocalExecute")]
    return sum("__inference_" not in name for name in names)


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
