"""Starts every run with global_variables_initializer, which is one more op each time.

breaks: "Running adds no op to the graph."
fails: test_running_adds_nothing_to_the_graph
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
    with graph.as_default(), v1.Session() as session:
        session.run(v1.global_variables_initializer())
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
