"""Makes variables of the weights, as in any TF1 model, and nobody initializes them.

breaks: "needs no initialization"
fails: test_a_session_runs_the_graph
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        w = v1.Variable(weights, name="weights")
        b = v1.Variable(bias, name="bias")
        tf.sigmoid(tf.matmul(x, w) + b, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
