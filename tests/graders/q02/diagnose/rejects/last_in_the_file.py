"""The last point in the file counts as the last step.

breaks: "The last step is the largest one"
fails: test_the_last_step_may_stand_before_others
"""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

VANISHING = 1e-6
EXPLODING = 1e3
PREFIX = "grad/"
EVERY_POINT = {"tensors": 0}  # the default keeps ten points of each tag


def diagnose(logdir: str) -> dict[str, str]:
    run = EventAccumulator(logdir, size_guidance=EVERY_POINT)
    run.Reload()
    tags = [tag for tag in run.Tags()["tensors"] if tag.startswith(PREFIX)]
    if not tags:
        raise ValueError(f"no histograms of gradients in {logdir}")
    return {tag.removeprefix(PREFIX): state(run.Tensors(tag)) for tag in tags}


def state(points: list) -> str:
    edges = [tf.make_ndarray(point.tensor_proto)[:, :2] for point in points]
    if not all(np.isfinite(each).all() for each in edges):
        return "nan"
    size = np.abs(edges[-1]).max()
    if size == 0:
        return "dead"
    if size < VANISHING:
        return "vanishing"
    return "exploding" if size > EXPLODING else "ok"
