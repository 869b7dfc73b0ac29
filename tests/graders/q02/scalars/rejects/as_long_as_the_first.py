"""The first metric of a run says how many epochs there are.

breaks: "metrics different lengths"
fails: test_runs_and_metrics_differ
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        with writer.as_default():
            for metric, values in metrics.items():
                for epoch, value in zip(range(len(next(iter(metrics.values())))), values):
                    tf.summary.scalar(metric, value, step=epoch)
        writer.close()
