"""All graphs of the function are written, one after the other.

breaks: "only for other arguments are not shown"
fails: test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    fn.get_concrete_function(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        for concrete in fn._list_all_concrete_functions():
            tf.summary.graph(concrete.graph)
            tf.summary.flush()


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
