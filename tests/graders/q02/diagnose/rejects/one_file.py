"""The newest event file is read and no other.

breaks: "has several event files"
fails: test_a_run_may_have_several_files, test_the_last_step_may_stand_before_others
"""

import glob

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def newest(logdir):
    return max(glob.glob(logdir + "/*tfevents*"), key=lambda name: name)


def diagnose(logdir):
    run = EventAccumulator(newest(logdir), size_guidance={"tensors": 0})
    run.Reload()
    states = {}
    for tag in run.Tags()["tensors"]:
        if tag.startswith("grad/"):
            points = sorted(run.Tensors(tag), key=lambda point: point.step)
            tables = [tf.make_ndarray(point.tensor_proto) for point in points]
            states[tag[len("grad/") :]] = state(tables)
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
