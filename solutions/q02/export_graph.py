"""Show what a compiled function is made of, and where its time goes."""

from typing import Any

import tensorflow as tf


def export_graph(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    writer = tf.summary.create_file_writer(logdir)
    with writer.as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)
    writer.close()


def export_profile(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    fn(*args)  # traced here, if at all
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
