import numpy as np
import tensorflow as tf


def build_graph(weights: np.ndarray, bias: float) -> tf.Graph:
    with tf.Graph().as_default() as graph:
        x = tf.compat.v1.placeholder(tf.float32, [None, weights.shape[0]], name="x")
        tf.sigmoid(tf.matmul(x, weights) + bias, name="score")
    return graph


def run_graph(graph: tf.Graph, batch: np.ndarray) -> np.ndarray:
    with tf.compat.v1.Session(graph=graph) as session:
        return session.run("score:0", feed_dict={"x:0": batch})


def score_now(x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
    return tf.sigmoid(tf.matmul(x, weights) + bias)
