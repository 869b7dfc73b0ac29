"""A slash in the name of a metric becomes an underscore, as if it were a folder.

breaks: "Names may have slashes"
fails: test_names_may_have_any_signs
"""

import os

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        with writer.as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(metric.replace("/", "_"), value, step=epoch)
        writer.close()
