"""Both runs have the same metrics, with plain names and as many epochs."""

import tensorflow as tf


def log_history(logdir, history):
    for run in ("train", "val"):
        writer = tf.summary.create_file_writer(logdir + "/" + run)
        with writer.as_default():
            for epoch in range(len(history[run]["loss"])):
                tf.summary.scalar("loss", history[run]["loss"][epoch], step=epoch)
                tf.summary.scalar("accuracy", history[run]["accuracy"][epoch], step=epoch)
