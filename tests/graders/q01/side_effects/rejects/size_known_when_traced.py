"""Goes through the limits in Python, by the shape that they have while tracing.

breaks: "In a graph, the shape may be unknown."
fails: test_the_shape_may_be_anything
"""

import tensorflow as tf


def log_amount(path, amount):
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts, limits):
    size = 1
    for length in limits.shape.as_list():
        size *= length
    flat = tf.reshape(limits, [size])
    for place in range(size):
        tf.debugging.assert_positive(flat[place])
    return amounts / limits


def transfer(balances, source, target, amount):
    enough = tf.debugging.assert_greater_equal(tf.gather(balances, source), amount)
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
