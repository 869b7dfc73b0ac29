"""The Python function is profiled, which runs other things than the graph does.

breaks: "with the ops of the graph that ran"
fails: test_a_profile_has_the_ops_that_ran, test_tracing_is_not_profiled
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn.python_function(*args)
