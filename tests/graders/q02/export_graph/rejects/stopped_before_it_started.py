"""The profiler is stopped whatever happens, even if the call before its start has raised.

breaks: "If `fn` raises, its exception comes out"
fails: test_no_profiler_goes_on_after_an_exception
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    try:
        fn(*args)
        tf.profiler.experimental.start(logdir)
        fn(*args)
    finally:
        tf.profiler.experimental.stop()
