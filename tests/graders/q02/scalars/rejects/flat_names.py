"""A slash in the name of a run becomes an underscore, so that all folders lie side by side.

breaks: "Names may have slashes"
fails: test_names_may_have_any_signs
"""

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        name = run.replace("/", "_")
        with tf.summary.create_file_writer(f"{logdir}/{name}").as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(metric, value, step=epoch)
