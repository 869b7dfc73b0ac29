"""The usual sample: the profiler is told at the end where its profile belongs, and is not running.

breaks: "Neither a trace nor a profiler is left running", "The tab lists it"
fails: test_a_profile_has_the_ops_that_ran, test_no_profiler_goes_on_after_an_exception, test_nothing_goes_on_after_a_graph, test_nothing_goes_on_after_a_profile, test_the_graph_for_these_arguments, test_the_graph_is_shown, test_tracing_is_not_profiled
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    writer = tf.summary.create_file_writer(logdir)
    tf.summary.trace_on(graph=True, profiler=True)
    fn(*args)
    with writer.as_default():
        tf.summary.trace_export(name="score", step=0, profiler_outdir=logdir)


def export_profile(fn, args, logdir):
    export_graph(fn, args, logdir)
