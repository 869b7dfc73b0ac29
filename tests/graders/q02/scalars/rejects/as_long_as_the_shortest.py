"""Epochs are zipped, and end with the shortest metric.

breaks: "metrics different lengths"
fails: test_runs_and_metrics_differ
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for epoch, values in enumerate(zip(*metrics.values())):
                for metric, value in zip(metrics, values):
                    tf.summary.scalar(metric, value, step=epoch)
