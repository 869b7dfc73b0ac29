"""Durations in an array; the new profile is found by what was in the folder before."""

from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2


def benchmark(step, args, *, warmup, runs, clock, wait):
    times = np.empty((warmup + runs, 2))
    for row in times:
        row[0] = clock()
        wait(step(*args))
        row[1] = clock()
    seconds = times[:, 1] - times[:, 0]
    return {"first_s": float(seconds[0]), "median_s": float(np.median(seconds[warmup:]))}


def dispatches(fn, logdir):
    folder = Path(logdir)
    before = set(folder.rglob("*.xplane.pb"))
    tf.profiler.experimental.start(logdir)
    try:
        fn()
    finally:
        tf.profiler.experimental.stop()
    (new,) = set(folder.rglob("*.xplane.pb")) - before
    return len([name for name in event_names(new) if name == "EagerExecute"])


def event_names(profile):
    space = xplane_pb2.XSpace.FromString(profile.read_bytes())
    return [
        plane.event_metadata[event.metadata_id].name
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]
