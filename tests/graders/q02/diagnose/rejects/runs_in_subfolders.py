"""The folders below are searched for event files as well, which are those of other runs.

breaks: "Folders in it are other runs"
fails: test_a_run_may_have_several_files
"""

import os

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def of_one_folder(logdir):
    reader = EventAccumulator(logdir, size_guidance={"tensors": 0})
    reader.Reload()
    states = {}
    for tag in reader.Tags()["tensors"]:
        if tag.startswith("grad/"):
            points = [
                (each.step, tf.make_ndarray(each.tensor_proto)) for each in reader.Tensors(tag)
            ]
            states[tag.removeprefix("grad/")] = state(points)
    return states


def diagnose(logdir):
    states = {}
    for folder, _, files in os.walk(logdir, topdown=False):
        if any("tfevents" in file for file in files):
            states |= of_one_folder(folder)
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
    if size < 1e-6:
        return "vanishing"
    if size > 1e3:
        return "exploding"
    return "ok"
