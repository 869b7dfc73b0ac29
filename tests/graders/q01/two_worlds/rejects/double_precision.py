"""NumPy computes in float64, so the placeholder and the weights are float64, too.

breaks: "float32 of shape [None, features]", "float32 of shape [None, 1]"
fails: test_building_a_graph_computes_nothing
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float64, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, weights.astype("float64")) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
