"""The FileWriter of TF1, which writes what it is given at once."""

import tensorflow as tf

v1 = tf.compat.v1


def log_history(logdir, history):
    with tf.Graph().as_default():
        for run, metrics in history.items():
            with v1.summary.FileWriter(f"{logdir}/{run}") as writer:
                for metric, values in metrics.items():
                    for step, value in enumerate(values):
                        one = v1.Summary.Value(tag=metric, simple_value=value)
                        writer.add_summary(v1.Summary(value=[one]), global_step=step)
