"""The default step is set and not taken back.

breaks: "no default step is left behind"
fails: test_nothing_is_left_behind
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.experimental.set_step(epoch)
                    tf.summary.scalar(metric, value)
