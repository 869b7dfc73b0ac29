"""What a gradient can be taken of: tensors, variables, and how the tape gets to know them."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q09.gradient_sources import gradients_of


def check(seen, called, **expected):
    """`seen` is a list with one gradient for each source named in `expected`, in this order."""
    expect.that(
        isinstance(seen, list) and len(seen) == len(expected),
        called=called,
        expected=f"a list of {len(expected)}",
        seen=f"a list of {len(seen)}" if isinstance(seen, list) else f"a {type(seen).__name__}",
        idea="The caller gets one list, with one gradient for each source.",
    )
    for gradient, (source, value) in zip(seen, expected.items(), strict=True):
        expect.tensor(gradient, value, called=f"{called}, gradient of {source}")


def test_a_tensor_beside_a_variable():
    """A plain tensor can be a source, beside a variable.

    A trainable variable announces every read to the tape. A tensor of whatever dtype announces
    nothing: the tape has to be told of it before it is used. The caller finds a gradient by its
    position, and can add it to its source.
    """
    x = tf.constant([1.0, -2.0], "float64")
    v = tf.Variable(3.0)

    def loss():
        return v * tf.cast(tf.reduce_sum(x * x), "float32")

    seen = gradients_of(loss, [x, v])
    called = "x is float64, v float32; gradients_of(v * sum(x * x), [x, v])"
    check(seen, called, x=np.array([6.0, -12.0]), v=5.0)


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

    "Not connected" and "does not change the loss" are one thing to whoever adds gradients up.
    A None in the list breaks the sum, and so do zeros that do not fit their source. A source may
    be named twice, and what an unused one holds does not matter: nan times 0 is nan.
    """
    used = tf.Variable([[2.0], [5.0]])
    unused = tf.Variable(np.full([2, 3], np.nan))

    def loss():
        return tf.reduce_sum(used * used)

    called = "unused is float64; gradients_of(sum(used * used), [unused, used, used])"
    with expect.works(called):
        seen = gradients_of(loss, [unused, used, used])
    twice = [[4.0], [10.0]]
    check(seen, called, unused=np.zeros([2, 3]), used=twice, used_again=twice)


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


def test_a_table_of_which_rows_are_read():
    """Rows that a lookup leaves out have a gradient of zeros.

    For a lookup, such as that of an embedding, the tape saves space: it hands back only the rows
    that were read, each as often as it was read, and which ones they are. That is not a tensor.
    """
    table = tf.Variable([[1.0], [2.0], [3.0]])

    def loss():
        return tf.reduce_sum(tf.gather(table, [2, 0, 2]) ** 2)

    called = "gradients_of(sum(gather(table, [2, 0, 2]) ** 2), [table])"
    check(gradients_of(loss, [table]), called, table=[[2.0], [0.0], [12.0]])


def test_inside_a_compiled_function():
    """In a tf.function, every call gets gradients of its own.

    While the function is traced, sources and gradients are symbolic: they have no value yet, and
    these have no size. What is asked for is the same as in eager mode: how the loss uses a
    source, and not how one source was made from another before.
    """
    v = tf.Variable(2.0)

    @tf.function(input_signature=[tf.TensorSpec([None])])
    def compiled(x):
        y = 3.0 * x

        def loss():
            return v * tf.reduce_sum(y * y)

        return gradients_of(loss, [v, x, y])

    for x, v_, x_, y_ in (
        ([1.0, 2.0], 45.0, [0.0, 0.0], [12.0, 24.0]),
        ([-1.0], 9.0, [0.0], [-12.0]),
    ):
        called = f"x = {x}, y = 3 * x; in a tf.function, gradients_of(v * sum(y * y), [v, x, y])"
        with expect.works(called):
            seen = compiled(tf.constant(x))
        check(seen, called, v=v_, x=x_, y=y_)


def test_no_needless_work():
    """The loss runs once, and only sources cost a backward pass.

    A tape left to itself records every op that a trainable variable flows into, so the part of
    a network that nobody asked about is differentiated, and its activations are kept, as well.
    That goes for the tape in a graph, too.
    """
    head, bias, backbone = tf.Variable(3.0), tf.Variable(1.0), tf.Variable(4.0)
    runs = []

    @tf.custom_gradient
    def expensive(x):
        def gradient(upstream):
            runs.append("backward")
            return upstream

        return x * 10.0, gradient

    def loss():
        runs.append("forward")
        return head * expensive(tf.convert_to_tensor(backbone)) + bias

    def eager():
        return gradients_of(loss, [head, bias])

    for where, run in (("", eager), ("in a tf.function, ", tf.function(eager))):
        called = f"{where}gradients_of(head * expensive(backbone) + bias, [head, bias])"
        runs.clear()
        with expect.works(called):
            seen = run()
        check(seen, called, head=40.0, bias=1.0)
        expect.that(
            runs.count("forward") == 1,
            called=called,
            expected="one call of the loss",
            seen=f"{runs.count('forward')} calls",
            idea="One run of the loss serves all sources, and is the only one if it is random.",
        )
        expect.that(
            "backward" not in runs,
            called=called,
            expected="no backward pass through expensive(backbone)",
            seen=f"{runs.count('backward')}, though backbone is no source",
        )
