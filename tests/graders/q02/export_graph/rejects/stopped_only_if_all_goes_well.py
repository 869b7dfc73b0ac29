"""The profiler is stopped in the line after the call, which is never reached if the call raises.

breaks: "no profiler is left running"
fails: test_no_profiler_goes_on_after_an_exception
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    concrete = fn.get_concrete_function(*args)
    tf.profiler.experimental.start(logdir)
    concrete(*args)
    tf.profiler.experimental.stop()
