"""tf.io.write_graph writes a file for people, which TensorBoard does not look for.

breaks: "The tab shows the ops of this graph"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.io.write_graph(fn.get_concrete_function(*args).graph, logdir, "graph.pbtxt")


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
