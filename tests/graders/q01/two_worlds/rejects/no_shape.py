"""Leaves out the placeholder's shape, so nobody knows it before a run.

breaks: "float32 of shape [None, features]"
fails: test_building_a_graph_computes_nothing
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, name="x")
        tf.sigmoid(tf.matmul(x, weights) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
