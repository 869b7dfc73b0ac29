"""A trace with the profiler, which is told at the start where its profile belongs."""

import tensorflow as tf


def export_graph(fn, args, logdir):
    record(tf.function(fn.python_function), args, logdir)


def record(fn, args, logdir):
    tf.summary.trace_on(graph=True, profiler=True, profiler_outdir=logdir)
    try:
        fn(*args)
    except Exception:
        tf.summary.trace_off()  # it stops the profiler, too
        raise
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.trace_export(name="trace", step=0)


def export_profile(fn, args, logdir):
    fn(*args)
    record(fn, args, logdir)
