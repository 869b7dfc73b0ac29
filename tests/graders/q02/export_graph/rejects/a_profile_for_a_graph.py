"""A profile is taken for a graph.

breaks: "The tab shows the ops of this graph"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    export_profile(tf.function(fn.python_function), args, logdir)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
