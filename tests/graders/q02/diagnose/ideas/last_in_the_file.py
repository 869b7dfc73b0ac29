"""All tags are taken for histograms, and the points for sorted."""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def diagnose(logdir):
    reader = EventAccumulator(logdir, size_guidance={"tensors": 0})
    reader.Reload()
    states = {}
    for tag in reader.Tags()["tensors"]:
        tables = [tf.make_ndarray(event.tensor_proto) for event in reader.Tensors(tag)]
        if tag.startswith("grad/"):
            states[tag[5:]] = named(tables)
    if not states:
        raise ValueError("no gradients")
    return states


def named(tables):
    if not all(np.isfinite(table).all() for table in tables):
        return "nan"
    size = max(abs(tables[-1][0, 0]), abs(tables[-1][-1, 1]))
    if size == 0:
        return "dead"
    if size < 1e-6:
        return "vanishing"
    return "exploding" if size > 1e3 else "ok"
