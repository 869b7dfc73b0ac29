"""A value of zero counts as none.

breaks: "0.0 are points as well"
fails: test_nan_and_zero_are_points
"""

import os

import tensorflow as tf


def log_history(logdir: str, history: dict[str, dict[str, list[float]]]) -> None:
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        with writer.as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    if value:
                        tf.summary.scalar(metric, value, step=epoch)
        writer.close()
