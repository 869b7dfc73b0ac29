"""A trace is switched on, and not needed, and never switched off.

breaks: "Neither a trace nor a profiler is left running"
fails: test_nothing_goes_on_after_a_graph
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.trace_on(graph=True)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
