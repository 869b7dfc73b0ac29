"""The GraphDef, by specs of the arguments."""

import tensorflow as tf


def export_graph(fn, args, logdir):
    specs = [tf.TensorSpec.from_tensor(arg) for arg in args]
    definition = fn.get_concrete_function(*specs).graph.as_graph_def()
    writer = tf.summary.create_file_writer(logdir)
    with writer.as_default(step=0):
        tf.summary.graph(definition)
    writer.flush()


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    try:
        fn(*args)
    finally:
        tf.profiler.experimental.stop()
