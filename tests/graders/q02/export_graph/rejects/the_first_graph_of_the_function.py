"""The graph that was traced first, whatever it is for.

breaks: "only for other arguments are not shown"
fails: test_the_graph_for_these_arguments
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    known = fn._list_all_concrete_functions()
    concrete = known[0] if known else fn.get_concrete_function(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(concrete.graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
