"""The count is kept in 8 bits, and cast when it is returned.

breaks: "exact after thousands of calls"
fails: test_thousands_of_calls
"""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    calls = tf.Variable(0, dtype=tf.uint8, trainable=False)

    @tf.function
    def count(x: tf.Tensor) -> tf.Tensor:
        return tf.cast(calls.assign_add(1), tf.int64)

    return count
