"""Every tag is read as a table of buckets before its name is looked at.

breaks: "Other tags may be of any name and kind"
fails: test_other_tags_do_not_matter
"""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def diagnose(logdir):
    run = EventAccumulator(logdir, size_guidance={"tensors": 0})
    run.Reload()
    states = {}
    for tag in run.Tags()["tensors"]:
        points = sorted(run.Tensors(tag), key=lambda point: point.step)
        told = state([tf.make_ndarray(point.tensor_proto) for point in points])
        if tag.startswith("grad/"):
            states[tag[len("grad/") :]] = told
    if not states:
        raise ValueError("no gradients")
    return states


def state(tables):
    if any(not np.isfinite(table[:, :2]).all() for table in tables):
        return "nan"
    size = abs(tables[-1][:, :2]).max()
    if size == 0:
        return "dead"
    if size < 1e-6:
        return "vanishing"
    if size > 1e3:
        return "exploding"
    return "ok"
