"""The same formula in both worlds: as a TF1 graph that a session runs, and in eager mode.

`weights` is float32 of shape [features, 1], and `x` float32 of shape [n, features]. The bias is a
number in `build_graph`, and a float32 scalar tensor in `score_now`.
"""

import numpy as np
import tensorflow as tf


def build_graph(weights: np.ndarray, bias: float) -> tf.Graph:
    """Describe `sigmoid(x @ weights + bias)` in a new graph, and compute nothing.

    >>> graph = build_graph(np.array([[2.0], [-1.0]], "float32"), 0.0)
    >>> graph.get_tensor_by_name("x:0").shape, graph.get_tensor_by_name("score:0").shape
    (TensorShape([None, 2]), TensorShape([None, 1]))

    Returns:
        A graph of its own in each call, while the caller stays in eager mode.

        - It has a placeholder "x:0", float32 of shape [None, features].
        - "score:0" is the result, float32 of shape [None, 1].
        - A session runs it with a batch for "x:0", and needs no initialization.
    """
    raise NotImplementedError


def run_graph(graph: tf.Graph, batch: np.ndarray) -> np.ndarray:
    """Run "score:0" of a graph with `batch` for "x:0".

    >>> graph = build_graph(np.array([[2.0], [-1.0]], "float32"), 0.0)
    >>> run_graph(graph, np.array([[1.0, 2.0]], "float32"))
    array([[0.5]], dtype=float32)

    Returns:
        The value of "score:0", as a NumPy array.

        - The graph may come from somebody else, with other ops beside these two tensors.
        - Running adds no op to the graph.

    Beyond the idea:
        - The placeholder may have any dtype and shape.
    """
    raise NotImplementedError


def score_now(x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
    """Compute `sigmoid(x @ weights + bias)` with TensorFlow's ops.

    >>> score_now(tf.constant([[1.0, 2.0]]), tf.constant([[2.0], [-1.0]]), tf.constant(0.0))
    <tf.Tensor: shape=(1, 1), dtype=float32, numpy=array([[0.5]], dtype=float32)>

    Returns:
        - In eager mode, a float32 tensor of shape [n, 1], which has a value.
        - A tf.GradientTape can differentiate it.
        - In a tf.function, it becomes a part of the graph, for batches of any size.
        - That graph makes no call back into Python.
    """
    raise NotImplementedError
