"""A function that was called before is taken to be traced, whatever it was called with.

breaks: "also with other arguments"
fails: test_tracing_is_not_profiled
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    if fn.experimental_get_tracing_count() == 0:
        fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
