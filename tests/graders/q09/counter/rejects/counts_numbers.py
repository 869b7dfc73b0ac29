"""A call with NaN is not counted.

breaks: "of any shape and dtype"
fails: test_any_argument_counts
"""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def count(x: tf.Tensor) -> tf.Tensor:
        return calls.assign_add(tf.cast(tf.reduce_all(x == x), tf.int64))

    return count
