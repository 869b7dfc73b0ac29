"""A run for the best values is added, which every chart shows from now on.

breaks: "There are no other runs and tags"
fails: test_a_run_for_each_curve_of_a_chart
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(metric, value, step=epoch)
    with tf.summary.create_file_writer(os.path.join(logdir, "best")).as_default():
        for run, metrics in history.items():
            for metric, values in metrics.items():
                tf.summary.scalar(metric, max(values), step=len(values) - 1)
