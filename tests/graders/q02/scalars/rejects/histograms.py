"""Logged as histograms, which another tab shows.

breaks: "Each metric is a scalar"
fails: test_a_run_for_each_curve_of_a_chart, test_every_epoch_is_a_point_of_a_curve, test_names_may_have_any_signs, test_nan_and_zero_are_points, test_runs_and_metrics_differ
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        with tf.summary.create_file_writer(os.path.join(logdir, run)).as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.histogram(metric, value, step=epoch)
