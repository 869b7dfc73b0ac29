"""A keras.Variable, written as a whole."""

import keras
import tensorflow as tf


def make_counter():
    calls = keras.Variable(0, dtype="int64", trainable=False)

    @tf.function(reduce_retracing=True)
    def count(x):
        calls.assign(calls + 1)
        return tf.identity(calls)

    return count
