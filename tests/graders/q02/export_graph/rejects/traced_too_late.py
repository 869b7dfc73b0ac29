"""A trace around a call: of a function that was traced before it has nothing but a call.

breaks: "it may have been called before, or never"
fails: test_the_graph_is_shown
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    writer = tf.summary.create_file_writer(logdir)
    tf.summary.trace_on(graph=True)
    fn(*args)
    with writer.as_default():
        tf.summary.trace_export("graph", step=0)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
