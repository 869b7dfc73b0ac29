"""A first call that goes well is taken to promise as much for the call in the profile.

breaks: "no profiler is left running"
fails: test_no_profiler_goes_on_after_an_exception
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
    tf.profiler.experimental.stop()
