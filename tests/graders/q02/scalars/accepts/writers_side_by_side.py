"""All writers are open at once, flushed by hand, and the step is set before."""

import contextlib

import tensorflow as tf


def log_history(logdir, history):
    writers = {run: tf.summary.create_file_writer(f"{logdir}/{run}") for run in history}
    for run, metrics in history.items():
        epochs = max(map(len, metrics.values()), default=0)
        for epoch in range(epochs):
            with writers[run].as_default(step=epoch):
                for metric, values in metrics.items():
                    if epoch < len(values):
                        tf.summary.scalar(metric, values[epoch])
    with contextlib.ExitStack() as stack:
        for writer in writers.values():
            stack.callback(writer.close)
            writer.flush()
