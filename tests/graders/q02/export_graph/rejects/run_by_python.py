"""The Python function is run under the trace: eager ops make no graph.

breaks: "by their names, with name scopes"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.trace_on(graph=True)
    fn.python_function(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.trace_export("graph", step=0)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
