"""Builds all in the one default graph of the process, where a second x becomes x_1.

breaks: "A graph of its own in each call"
fails: test_building_a_graph_computes_nothing, test_a_session_runs_the_graph
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build_graph(weights, bias):
    graph = v1.get_default_graph()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, weights) + bias, name="score")
    return graph


def run_graph(graph, batch):
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {"x:0": batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
