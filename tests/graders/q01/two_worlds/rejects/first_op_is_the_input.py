"""Finds the placeholder by its position among the ops of the graph.

breaks: "The graph may come from somebody else"
fails: test_run_graph_takes_any_graph
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
    x = graph.get_operations()[0].outputs[0]
    with v1.Session(graph=graph) as session:
        return session.run("score:0", {x: batch})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
