"""A trace starts the profiler. If all goes well, only the profiler is stopped.

breaks: "No trace and no profiler is left on"
fails: test_nothing_goes_on_after_a_profile
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.summary.trace_on(graph=True, profiler=True, profiler_outdir=logdir)
    try:
        fn(*args)
    except Exception:
        tf.summary.trace_off()
        raise
    tf.profiler.experimental.stop()
