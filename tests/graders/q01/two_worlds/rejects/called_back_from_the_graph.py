"""tf.py_function lets eager code run inside a graph, gradients included.

breaks: "That graph makes no call back into Python."
fails: test_the_same_line_is_traced_into_a_graph
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
    def now(x, weights, bias):
        return tf.sigmoid(x @ weights + bias)

    return tf.ensure_shape(tf.py_function(now, [x, weights, bias], tf.float32), [None, 1])
