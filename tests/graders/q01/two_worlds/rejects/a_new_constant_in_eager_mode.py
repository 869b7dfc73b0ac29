"""Takes the value out in eager mode, and puts it into a new tensor, which no tape can follow back.

breaks: "A tf.GradientTape can differentiate it."
fails: test_eager_mode_computes_at_once
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
    logit = x @ weights + bias
    if not tf.executing_eagerly():
        return tf.sigmoid(logit)
    return tf.constant(tf.sigmoid(logit).numpy())
