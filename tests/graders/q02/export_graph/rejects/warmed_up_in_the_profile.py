"""The call that warms up is in the profile.

breaks: "Tracing is not in it"
fails: test_no_profiler_goes_on_after_an_exception, test_tracing_is_not_profiled
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    tf.profiler.experimental.start(logdir)
    fn.get_concrete_function(*args)
    fn(*args)
    tf.profiler.experimental.stop()
