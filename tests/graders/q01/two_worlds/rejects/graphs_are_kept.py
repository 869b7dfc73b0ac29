"""Keeps each graph, and hands it out again for the same weights.

breaks: "A graph of its own in each call"
fails: test_building_a_graph_computes_nothing
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


GRAPHS = {}


def build_graph(weights, bias):
    key = weights.tobytes(), bias
    if key not in GRAPHS:
        GRAPHS[key] = new_graph(weights, bias)
    return GRAPHS[key]


def new_graph(weights, bias):
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, tf.constant(weights)) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
