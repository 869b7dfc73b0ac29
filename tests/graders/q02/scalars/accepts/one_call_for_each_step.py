"""A compiled function that writes one value, with the step as a tensor."""

from pathlib import Path

import tensorflow as tf


def log_history(logdir, history):
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(str(Path(logdir, run)))

        @tf.function
        def log(metric, value, epoch, writer=writer):
            with writer.as_default(epoch):
                tf.summary.scalar(metric, value)

        for metric, values in metrics.items():
            for epoch, value in enumerate(values):
                log(metric, tf.constant(value), tf.constant(epoch, tf.int64))
        writer.close()
