"""A trace is switched on, and not needed, and never switched off.

fails: test_no_trace_goes_on
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.trace_on(graph=True)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
    tf.profiler.experimental.stop()
