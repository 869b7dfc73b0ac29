"""TF1's FileWriter takes the graph of a concrete function; the function runs in it."""

import tensorflow as tf


def export_graph(fn, args, logdir):
    graph = fn.get_concrete_function(*args).graph
    with graph.as_default(), tf.compat.v1.summary.FileWriter(logdir, graph=graph):
        pass


def export_profile(fn, args, logdir):
    call = fn.get_concrete_function(*args)
    tf.profiler.experimental.start(logdir)
    try:
        for _ in range(3):
            call(*args)
    finally:
        tf.profiler.experimental.stop()
