"""A call with nan is not counted.

fails: test_calls_are_counted_not_traces
"""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def count(x: tf.Tensor) -> tf.Tensor:
        return calls.assign_add(tf.cast(tf.reduce_all(x == x), tf.int64))

    return count
