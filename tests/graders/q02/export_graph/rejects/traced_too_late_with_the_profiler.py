"""The same with the profiler on, which does not help.

breaks: "it may have been called before, or never"
fails: test_the_graph_is_shown
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    tf.summary.trace_on(graph=True, profiler=True, profiler_outdir=logdir)
    fn(*args)
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.trace_export("graph", step=0)


def export_profile(fn, args, logdir):
    fn(*args)
    with tf.profiler.experimental.Profile(logdir):
        fn(*args)
