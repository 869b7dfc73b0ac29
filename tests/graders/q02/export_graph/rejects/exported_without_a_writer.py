"""The trace is exported where no writer is the default: written nowhere, without a word.

breaks: "The tab shows the ops of this graph"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    writer = tf.summary.create_file_writer(logdir)
    tf.summary.trace_on(graph=True)
    tf.function(fn.python_function)(*args)
    tf.summary.trace_export("graph", step=0)
    writer.close()


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
