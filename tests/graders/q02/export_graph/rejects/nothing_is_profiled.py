"""The call is over when the profiler starts.

breaks: "It has at least one call"
fails: test_a_profile_has_the_ops_that_ran
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        pass
