"""All profiles of the folder are counted, also the older ones.

breaks: "stay, and are not counted"
fails: test_an_older_profile_is_not_counted, test_older_profiles_have_any_name
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
    names = [name for profile in profiles for name in event_names(profile)]
    return sum(name.startswith("EagerLocalExecute") for name in names)


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
