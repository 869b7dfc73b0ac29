"""The documented way, with a function that was never traced before."""

import tensorflow as tf


def export_graph(fn, args, logdir):
    fresh = tf.function(fn.python_function)
    writer = tf.summary.create_file_writer(logdir)
    tf.summary.trace_on(graph=True)
    fresh(*args)
    with writer.as_default():
        tf.summary.trace_export("graph", step=0)
    writer.close()


def export_profile(fn, args, logdir):
    fn.get_concrete_function(*args)
    options = tf.profiler.experimental.ProfilerOptions(host_tracer_level=3)
    with tf.profiler.experimental.Profile(logdir, options):
        for step in range(5):
            with tf.profiler.experimental.Trace("score", step_num=step, _r=1):
                fn(*args)
