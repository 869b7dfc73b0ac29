"""Every value is written to step 0, and the curve is a dot.

breaks: "at the step of its epoch"
fails: test_every_epoch_is_a_point_of_a_curve
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default(step=0):
            for metric, values in metrics.items():
                for value in values:
                    tf.summary.scalar(metric, value)
