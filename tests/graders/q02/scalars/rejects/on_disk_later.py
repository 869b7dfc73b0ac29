"""The writer is left without closing or flushing: the values wait in a buffer.

breaks: "All points are on disk", "No default writer"
fails: all
"""

import os

import tensorflow as tf

WRITERS = []


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        WRITERS.append(writer)
        writer.set_as_default()
        for metric, values in metrics.items():
            for epoch, value in enumerate(values):
                tf.summary.scalar(metric, value, step=epoch)
