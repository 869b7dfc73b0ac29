"""No reader of TensorBoard: records of protocol buffers, as tf.data reads them."""

import glob

import numpy as np
import tensorflow as tf


def diagnose(logdir):
    last, broken = {}, set()
    for file in glob.glob(f"{logdir}/*tfevents*"):
        for record in tf.data.TFRecordDataset(file):
            event = tf.compat.v1.Event.FromString(record.numpy())
            for value in event.summary.value:
                kind, _, path = value.tag.partition("/")
                if kind != "grad":
                    continue
                edges = tf.make_ndarray(value.tensor)[:, :2]
                if not np.all(np.isfinite(edges)):
                    broken.add(path)
                if event.step >= last.get(path, (-1,))[0]:
                    last[path] = (event.step, np.max(np.abs(edges)))
    if not last:
        raise ValueError("nothing under grad/")
    names = {path: name_of(size) for path, (_, size) in last.items()}
    return names | dict.fromkeys(broken, "nan")


def name_of(size):
    return (
        "dead" if size == 0 else "vanishing" if size < 1e-6 else "exploding" if size > 1e3 else "ok"
    )
