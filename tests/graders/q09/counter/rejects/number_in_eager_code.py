"""In eager mode the count is read as a number, as there is a value.

breaks: "a scalar int64 tensor"
fails: test_the_count_is_an_int64
"""

from collections.abc import Callable

import tensorflow as tf


def make_counter() -> Callable[[tf.Tensor], tf.Tensor]:
    calls = tf.Variable(0, dtype=tf.int64, trainable=False)

    @tf.function
    def counted(x: tf.Tensor) -> tf.Tensor:
        return calls.assign_add(1)

    def count(x: tf.Tensor) -> tf.Tensor:
        return counted(x).numpy() if tf.executing_eagerly() else counted(x)

    return count
