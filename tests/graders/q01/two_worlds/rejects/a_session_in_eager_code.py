"""A session does the work in eager mode too, and gives an array.

breaks: "a float32 tensor of shape [n, 1], which has a value", "In a tf.function, it becomes a part of the graph"
fails: test_eager_mode_computes_at_once, test_the_same_line_is_traced_into_a_graph
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, weights) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return run_graph(build_graph(np.asarray(weights), float(bias)), np.asarray(x))
