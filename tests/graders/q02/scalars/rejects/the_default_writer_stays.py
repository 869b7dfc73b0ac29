"""set_as_default instead of as_default: all that follows in the program goes to the last run.

breaks: "No default writer"
fails: test_nothing_is_left_behind
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        writer.set_as_default()
        for metric, values in metrics.items():
            for epoch, value in enumerate(values):
                tf.summary.scalar(metric, value, step=epoch)
        writer.flush()
