"""A gradient that is as large as VANISHING is called vanishing.

breaks: "`vanishing`: the size is less than VANISHING"
fails: test_each_state_has_its_name
"""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def diagnose(logdir):
    reader = EventAccumulator(logdir, size_guidance={"tensors": 0})
    reader.Reload()
    states = {}
    for tag in reader.Tags()["tensors"]:
        if tag.startswith("grad/"):
            points = [
                (each.step, tf.make_ndarray(each.tensor_proto)) for each in reader.Tensors(tag)
            ]
            states[tag.removeprefix("grad/")] = state(points)
    if not states:
        raise ValueError(f"no gradients in {logdir}")
    return states


def state(points):
    if any(not np.isfinite(table[:, :2]).all() for _, table in points):
        return "nan"
    _, last = max(points, key=lambda point: point[0])
    size = abs(last[:, :2]).max()
    if size == 0:
        return "dead"
    if size <= 1e-6:
        return "vanishing"
    if size > 1e3:
        return "exploding"
    return "ok"
