"""A trace without the profiler has no times.

breaks: "The tab lists it"
fails: test_a_profile_has_the_ops_that_ran, test_no_profiler_goes_on_after_an_exception
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.summary.trace_on(graph=True)
    fn(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.trace_export("profile", step=0)
