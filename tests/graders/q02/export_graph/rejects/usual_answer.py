"""The usual sample: the profiler is told at the end where its profile belongs, and is not running.

fails: test_the_graph_of_a_new_function, test_the_graph_of_a_function_in_use, test_the_graph_for_these_arguments, test_no_trace_goes_on, test_a_profile_has_the_ops_that_ran, test_tracing_is_not_profiled, test_no_profiler_goes_on
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    writer = tf.summary.create_file_writer(logdir)
    tf.summary.trace_on(graph=True, profiler=True)
    fn(*args)
    with writer.as_default():
        tf.summary.trace_export(name="model_trace", step=0, profiler_outdir=logdir)


def export_profile(fn, args, logdir):
    export_graph(fn, args, logdir)
