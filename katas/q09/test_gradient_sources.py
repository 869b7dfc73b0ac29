"""What a gradient can be taken of: tensors, variables, and how the tape gets to know them."""

import keras
import tensorflow as tf

from dojo import expect
from katas.q09.gradient_sources import gradients_of


def check(seen, called, dtype="float32", **expected):
    """`seen` has one gradient for each source named in `expected`, in this order."""
    expect.that(
        isinstance(seen, (list, tuple)) and len(seen) == len(expected),
        called=called,
        expected=f"a list with {len(expected)} gradients",
        seen=f"a list of {len(seen)}" if isinstance(seen, list) else type(seen).__name__,
    )
    for gradient, (source, value) in zip(seen, expected.items(), strict=True):
        expect.tensor(gradient, value, dtype=dtype, called=f"{called}, gradient of {source}")


def test_a_tensor_beside_a_variable():
    """A plain tensor can be a source, beside a variable.

    A trainable variable announces every read to the tape. A tensor announces nothing: the tape
    has to be told of it before it is used. The caller finds a gradient by its position.
    """
    x = tf.constant([1.0, -2.0])
    v = tf.Variable(3.0)

    def loss():
        return v * tf.reduce_sum(x * x)

    seen = gradients_of(loss, [x, v])
    check(seen, "gradients_of(v * sum(x * x), [x, v])", x=[6.0, -12.0], v=5.0)


def test_a_frozen_variable():
    """A variable with trainable=False has a gradient as well.

    `trainable` says what an optimizer should change and what a tape watches unasked. It does
    not say that the loss stops depending on the variable.
    """
    frozen = tf.Variable([1.0, 2.0], trainable=False)

    def loss():
        return tf.reduce_sum(frozen**3)

    check(gradients_of(loss, [frozen]), "gradients_of(sum(f ** 3), [f])", f=[3.0, 12.0])


def test_a_source_that_the_loss_ignores():
    """A source that the loss does not use has a gradient of zeros.

    "Not connected" and "does not change the loss" are one thing to whoever adds gradients up;
    a None in the list breaks the sum.
    """
    used = tf.Variable([[2.0], [5.0]], dtype="float64")
    unused = tf.Variable(tf.ones([2, 3], "float64"))

    def loss():
        return tf.reduce_sum(used * used)

    seen = gradients_of(loss, [unused, used])
    called = "gradients_of(sum(used * used), [unused, used])"
    check(seen, called, dtype="float64", unused=[[0.0] * 3] * 2, used=[[4.0], [10.0]])


def test_keras_variables():
    """The weights of Keras are sources, too.

    A keras.Variable is not a tf.Variable: it holds one, and that is what TensorFlow knows.
    """
    scale = keras.Variable(2.0)
    statistics = keras.Variable([1.0, 4.0], trainable=False)

    def loss():
        return scale * tf.reduce_sum(statistics * statistics)

    called = "two keras.Variables, gradients_of(k * sum(s * s), [k, s])"
    with expect.works(called):
        seen = gradients_of(loss, [scale, statistics])
    check(seen, called, k=17.0, s=[4.0, 16.0])


def test_nothing_else_is_differentiated():
    """A variable that is no source costs no backward pass.

    A tape left to itself records every op that a trainable variable flows into, so the part of
    a network that nobody asked about is differentiated, and its activations are kept, as well.
    """
    head, backbone = tf.Variable(3.0), tf.Variable(4.0)
    backward_passes = []

    @tf.custom_gradient
    def expensive(x):
        def gradient(upstream):
            backward_passes.append(upstream)
            return upstream

        return x * 10.0, gradient

    def loss():
        return head * expensive(tf.convert_to_tensor(backbone))

    called = "gradients_of(head * expensive(backbone), [head])"
    check(gradients_of(loss, [head]), called, head=40.0)
    expect.that(
        not backward_passes,
        called=called,
        expected="no backward pass through expensive(backbone)",
        seen=f"{len(backward_passes)}, though backbone is no source",
    )


def test_inside_a_compiled_function():
    """In a tf.function, every call gets gradients of its own.

    While the function is traced, sources and gradients are symbolic: they have a shape and a
    dtype, and no value yet.
    """
    v = tf.Variable(2.0)

    @tf.function
    def compiled(x):
        def loss():
            return v * x**2

        return gradients_of(loss, [v, x])

    for x, of_v, of_x in ((3.0, 9.0, 12.0), (-1.0, 1.0, -4.0)):
        called = f"v = 2.0, x = {x}; in a tf.function, gradients_of(v * x ** 2, [v, x])"
        with expect.works(called):
            seen = compiled(tf.constant(x))
        check(seen, called, v=of_v, x=of_x)
