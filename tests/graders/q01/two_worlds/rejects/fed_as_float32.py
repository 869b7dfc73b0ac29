"""Casts every batch to float32, as if all placeholders were float32.

breaks: "The placeholder may have any dtype and shape."
fails: test_the_placeholder_says_the_dtype
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
        return session.run("score:0", {"x:0": np.asarray(batch, "float32")})


def score_now(x, weights, bias):
    return tf.sigmoid(x @ weights + bias)
