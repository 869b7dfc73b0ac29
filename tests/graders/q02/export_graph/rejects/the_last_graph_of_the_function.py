"""The graph that was traced last is taken for that of the arguments.

breaks: "The tab shows the ops of this graph"
fails: test_the_graph_is_shown
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    fn.get_concrete_function(*args)
    known = fn._list_all_concrete_functions()
    concrete = known[-1]
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(concrete.graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
