"""The loop over the epochs is one of the graph, whose name scope becomes a part of every tag.

breaks: "its tag is the name of the metric"
fails: test_every_epoch_is_a_point_of_a_curve, test_a_run_for_each_curve_of_a_chart, test_names_may_have_any_signs, test_runs_and_metrics_differ, test_nan_and_zero_are_points
"""

import os

import tensorflow as tf


@tf.function
def log(writer, metric, values):
    with writer.as_default():
        for epoch in tf.range(tf.size(values, tf.int64)):
            tf.summary.scalar(metric, values[epoch], step=epoch)
    writer.flush()


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        for metric, values in metrics.items():
            log(writer, metric, tf.constant(values))
