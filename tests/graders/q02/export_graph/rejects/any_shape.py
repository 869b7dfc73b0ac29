"""The graph for tensors of any shape: another one than the one that runs.

breaks: "The tab shows the ops of this graph"
fails: test_the_graph_is_shown, test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    specs = [tf.TensorSpec([None] * arg.shape.rank, arg.dtype) for arg in args]
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*specs).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
