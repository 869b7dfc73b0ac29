"""Predictions that TensorFlow made."""

import tensorflow as tf

EAGER_ON_TOP = ["fine", "error"]

b = tf.Variable(1.0)


@tf.function
def read():
    b.assign_add(10.0)
    return b.read_value()


NOBODY_FETCHED_IT = tf.stack([tf.constant(1.0), read()])
IF_ON_A_TENSOR = ["error", "fine", "error"]


@tf.function
def double(n):
    x = tf.constant(1.0)
    for _ in range(n):
        x *= 2.0
    return x


def traces(numbers):
    function = tf.function(double.python_function)
    for n in numbers:
        function(n)
    return function.experimental_get_tracing_count()


TRACES_OF_A_LOOP = [traces([3, 4, 5]), traces([tf.constant(n) for n in (3, 4, 5)])]
UNUSED_ERROR = ["error", "fine"]
RESTORED = tf.Variable([5.0, 1.0])


def halved(x):
    return tf.while_loop(lambda x: x > 1.0, lambda x: x / 2.0, [x])


def outcome(call):
    try:
        call(tf.constant(8.0))
    except Exception:
        return "error"
    return "fine"


ONE_LOOP_VARIABLE = [outcome(tf.function(halved)), outcome(halved)]
