"""What is below 1e-12 is taken for 0.

breaks: "`dead`: the size is 0"
fails: test_each_state_has_its_name
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
    edges = {point.step: tf.make_ndarray(point.tensor_proto)[:, :2] for point in points}
    if not all(np.isfinite(each).all() for each in edges.values()):
        return "nan"
    size = np.abs(edges[max(edges)]).max()
    if size < 1e-12:
        return "dead"
    if size < VANISHING:
        return "vanishing"
    return "exploding" if size > EXPLODING else "ok"
