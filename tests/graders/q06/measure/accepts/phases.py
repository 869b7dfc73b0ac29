"""Warm-up and measurement as two loops; the newest run is the folder made last."""

from pathlib import Path

import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def timed(step, args, clock, wait):
    before = clock()
    result = step(*args)
    wait(result)
    return clock() - before


def benchmark(step, args, *, warmup, runs, clock, wait):
    first, *_ = [timed(step, args, clock, wait) for _ in range(warmup)]
    measured = sorted(timed(step, args, clock, wait) for _ in range(runs))
    middle = (measured[(runs - 1) // 2] + measured[runs // 2]) / 2
    return {"median_s": middle, "first_s": first}


def dispatches(fn, logdir):
    with tf.profiler.experimental.Profile(logdir):
        fn()
    folders = (Path(logdir) / "plugins" / "profile").iterdir()
    newest = max(folders, key=lambda folder: folder.stat().st_mtime_ns)
    names = [name for file in newest.glob("*.xplane.pb") for name in event_names(file)]
    return sum("EagerLocalExecute:" in name for name in names)


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
