"""What is no number is left out.

breaks: "NaN, infinity"
fails: test_nan_and_zero_are_points
"""

import math
import os

import tensorflow as tf


def log_history(logdir: str, history: dict[str, dict[str, list[float]]]) -> None:
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        with writer.as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    if math.isfinite(value):
                        tf.summary.scalar(metric, value, step=epoch)
        writer.close()
