"""Writes a text beside it, into a folder that has to be there.

fails: test_the_graph_of_a_new_function
"""

import os

import tensorflow as tf


def export_graph(fn, args, logdir):
    graph = fn.get_concrete_function(*args).graph
    with open(os.path.join(logdir, "graph.pbtxt"), "w") as file:
        file.write(str(graph.as_graph_def()))
    with tf.summary.create_file_writer(logdir).as_default():
        tf.summary.graph(graph)


def export_profile(fn, args, logdir):
    fn(*args)
    tf.profiler.experimental.start(logdir)
    fn(*args)
    tf.profiler.experimental.stop()
