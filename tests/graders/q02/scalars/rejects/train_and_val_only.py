"""The names of runs and metrics are those of the example.

breaks: "Names may have", "Runs may have different metrics"
fails: test_names_may_have_any_signs, test_runs_and_metrics_differ
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run in ("train", "val"):
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric in ("loss", "accuracy"):
                for epoch, value in enumerate(history.get(run, {}).get(metric, [])):
                    tf.summary.scalar(metric, value, step=epoch)
