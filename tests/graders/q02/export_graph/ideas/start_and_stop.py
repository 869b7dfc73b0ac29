"""Starts and stops the profiler by hand, and takes the call to go well."""

import tensorflow as tf


def export_graph(fn, args, logdir):
    writer = tf.summary.create_file_writer(logdir)
    with writer.as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn.get_concrete_function(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
    tf.profiler.experimental.stop()
