"""The writer becomes the default, is never left, and keeps the graph in its buffer.

breaks: "The graph is on disk when the function returns"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.create_file_writer(logdir).set_as_default()
    tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
