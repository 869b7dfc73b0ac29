"""The profiler is started; who stops it writes the profile.

breaks: "The tab lists it", "No trace and no profiler is left on"
fails: test_a_profile_has_the_ops_that_ran, test_no_profiler_goes_on_after_an_exception, test_nothing_goes_on_after_a_profile
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
