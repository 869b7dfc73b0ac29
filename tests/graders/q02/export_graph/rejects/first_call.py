"""The first call is profiled, tracing and all.

breaks: "Tracing is not in it"
fails: test_tracing_is_not_profiled
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    with tf.profiler.experimental.Profile(logdir):
        for _ in range(3):
            fn(*args)
