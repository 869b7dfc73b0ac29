"""The same formula in both worlds: as a TF1 graph that a session runs, and in eager mode."""

import numpy as np
import tensorflow as tf


def build_graph(weights: np.ndarray, bias: float) -> tf.Graph:
    """Describe `sigmoid(x @ weights + bias)` in a graph of its own, and compute nothing.

    Whoever calls this goes on in eager mode, and each call makes a new graph.

    Args:
        weights: float32, of shape [features, 1].
        bias: a number.

    Returns:
        A tf.Graph with a placeholder "x:0", float32 of shape [None, features], and the result
        "score:0", float32 of shape [None, 1]. `weights` and `bias` are constants of the graph: a
        tf.compat.v1.Session runs it with a value for "x:0" and nothing else, without any
        initialization.
    """
    raise NotImplementedError


def run_graph(graph: tf.Graph, batch: np.ndarray) -> np.ndarray:
    """Run "score:0" of `graph` with `batch` for "x:0", and leave the graph as it is.

    Args:
        graph: any graph with a placeholder "x:0" and a tensor "score:0" that can be computed from
            it, made by `build_graph` or by somebody else. It may hold other ops, in any order,
            and it may be finalized (`graph.finalize()`), so that no op can be added.
        batch: a value for the placeholder, which may have any dtype and shape.

    Returns:
        The value of "score:0", as a NumPy array.
    """
    raise NotImplementedError


def score_now(x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
    """Compute `sigmoid(x @ weights + bias)` with TensorFlow's ops.

    Called in eager mode, it returns a tf.Tensor that has a value. Called within a tf.function it
    becomes a part of that function's graph, in which neither x nor weights nor bias has a value
    yet. A tf.GradientTape can differentiate the result.

    Args:
        x: float32, of shape [n, features]. In a tf.function, n may be unknown.
        weights: float32, of shape [features, 1].
        bias: float32, a scalar.

    Returns:
        float32, of shape [n, 1].
    """
    raise NotImplementedError
