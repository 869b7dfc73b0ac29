"""Scores the rows one by one in a Python loop: in a graph, nobody knows how many there are.

breaks: "for batches of any size"
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
    rows = [tf.sigmoid(x[i : i + 1] @ weights + bias) for i in range(x.shape[0])]
    return tf.concat(rows, axis=0)
