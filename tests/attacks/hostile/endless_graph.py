"""Never comes back from a loop within TensorFlow."""

import tensorflow as tf


@tf.function
def forever(x):
    return tf.while_loop(lambda i: i >= 0, lambda i: [i * 0], [x])[0]


def make_counter():
    return lambda x: forever(tf.constant(0))
