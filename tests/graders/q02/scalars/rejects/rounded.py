"""Values are rounded to whole percents.

breaks: "Each value is a point"
fails: test_every_epoch_is_a_point_of_a_curve
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(metric, round(value, 2), step=epoch)
