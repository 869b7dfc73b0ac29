"""Steps are expected to be counted by the writer.

breaks: "at the step of its epoch"
fails: all
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric, values in metrics.items():
                for value in values:
                    tf.summary.scalar(metric, value)
