"""What the function raises is printed, and nobody else hears of it.

breaks: "If `fn` raises, its exception comes out"
fails: test_no_profiler_goes_on_after_an_exception
"""

import tensorflow as tf


def export_graph(fn, args, logdir):
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(fn.get_concrete_function(*args).graph)


def export_profile(fn, args, logdir):
    concrete = fn.get_concrete_function(*args)
    tf.profiler.experimental.start(logdir)
    try:
        concrete(*args)
    except tf.errors.OpError as error:
        print(error)
    finally:
        tf.profiler.experimental.stop()
