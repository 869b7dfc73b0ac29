"""The usual answer: one writer, and the run in the name of the tag. No chart has two lines.

breaks: "Each run of the history is a run of TensorBoard"
fails: test_every_epoch_is_a_point_of_a_curve, test_a_run_for_each_curve_of_a_chart, test_names_may_have_any_signs, test_runs_and_metrics_differ, test_nan_and_zero_are_points
"""

import tensorflow as tf


def log_history(logdir, history):
    with tf.summary.create_file_writer(logdir).as_default():
        for run, metrics in history.items():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(f"{run}/{metric}", value, step=epoch)
