"""A counter that works in eager mode and in graphs, without a class of Keras around it."""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    """Make a function that counts its calls.

    Returns:
        A function `count(x)` that takes a tensor of any shape and dtype, such as a batch, and
        returns how often it has been called so far, this call included: a scalar of dtype int64.

        Try to compile it with tf.function. It is called directly, from other tf.functions and in
        their loops; every run counts, whatever was traced before. Its state belongs to the graph:
        no tf.py_function. Each call of `make_counter` makes an independent counter.
    """
    raise NotImplementedError
