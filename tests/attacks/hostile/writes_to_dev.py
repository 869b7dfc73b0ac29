"""Writes to /dev, a file system in memory that has no size of its own; right if it can."""

import tensorflow as tf

try:
    WON = bool(open("/dev/held", "wb").write(bytes(1000)))
except OSError:
    WON = False


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64)
    return tf.function(lambda x: calls.assign_add(1)) if WON else (lambda x: 0)
