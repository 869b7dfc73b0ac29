"""A trace around a call: of a function that was traced before it has nothing but a call.

breaks: "it may have been called before, or never"
fails: test_the_graph_is_shown
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.trace_on(graph=True)
    fn(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.trace_export("graph", step=0)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
    tf.profiler.experimental.stop()
