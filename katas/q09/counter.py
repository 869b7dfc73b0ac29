"""A counter that works in eager mode and in graphs, without a class of Keras around it."""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    """Make a function that counts its calls.

    Returns:
        A function `count(x)` that takes a tensor of any shape and dtype, such as a batch, and
        returns how often it has been called so far, this call included: a scalar tf.Tensor of
        dtype int64. What x holds does not matter; an empty batch counts like any other.

        It is called directly, from tf.functions and in their loops, in any order, and every run
        of a call counts, whatever was traced before. Its first call may be in a tf.function that
        has already run with other counters. `count` may be a tf.function itself, and must count
        rightly when it is. Its state belongs to the graph: no tf.py_function. Each call of
        `make_counter`, from eager code, makes an independent counter.
    """
    raise NotImplementedError
