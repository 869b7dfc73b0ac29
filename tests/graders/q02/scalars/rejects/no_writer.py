"""A writer is made and never entered: tf.summary.scalar writes nothing and says nothing.

breaks: "Each value is a point"
fails: test_every_epoch_is_a_point_of_a_curve, test_names_may_have_any_signs, test_runs_and_metrics_differ, test_nan_and_zero_are_points, test_a_run_for_each_curve_of_a_chart
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        for metric, values in metrics.items():
            for epoch, value in enumerate(values):
                tf.summary.scalar(metric, value, step=epoch)
        writer.flush()
