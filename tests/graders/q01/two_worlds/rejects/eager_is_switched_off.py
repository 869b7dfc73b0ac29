"""Switches eager execution off on top of the file, because a TF1 graph is said to need that.

breaks: "while the caller stays in eager mode"
fails: test_building_a_graph_computes_nothing, test_eager_mode_computes_at_once, test_the_same_line_is_traced_into_a_graph
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

v1.disable_eager_execution()


def build_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, weights) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
