"""A folder for each metric, and the run as the tag: charts of things that nobody compares.

breaks: "Each run of the history is a run of TensorBoard"
fails: test_every_epoch_is_a_point_of_a_curve, test_a_run_for_each_curve_of_a_chart, test_names_may_have_any_signs, test_runs_and_metrics_differ, test_nan_and_zero_are_points
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        for metric, values in metrics.items():
            writer = tf.summary.create_file_writer(os.path.join(logdir, metric))
            with writer.as_default():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(run, value, step=epoch)
