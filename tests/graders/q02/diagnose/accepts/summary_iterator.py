"""TF1's iterator, file after file in the order of their names."""

import os

import numpy as np
import tensorflow as tf


def diagnose(logdir):
    tables = {}
    for name in sorted(os.listdir(logdir)):
        if "tfevents" in name:
            for event in tf.compat.v1.train.summary_iterator(os.path.join(logdir, name)):
                for value in event.summary.value:
                    if value.tag.startswith("grad/"):
                        table = tf.make_ndarray(value.tensor)
                        path = value.tag.removeprefix("grad/")
                        tables.setdefault(path, {})[event.step] = table
    if not tables:
        raise ValueError("no gradients were logged")
    return {path: state(each) for path, each in tables.items()}


def state(points):
    edges = np.stack([points[step] for step in sorted(points)])[:, :, :2]
    if not np.isfinite(edges).all():
        return "nan"
    sizes = np.abs(edges).max(axis=(1, 2))
    return {
        sizes[-1] > 1e3: "exploding",
        sizes[-1] < 1e-6: "vanishing",
        sizes[-1] == 0: "dead",
    }.get(True, "ok")
