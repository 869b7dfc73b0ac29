"""What a gradient can be taken of: tensors, variables, and how the tape gets to know them."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q09.gradient_sources import gradients_of

NOT_WATCHED = {
    "idea": "A keras.Variable is no tf.Variable: it holds one, and that is what a tape can watch.",
    "when": "not tf.Tensor or tf.Variable",
}


NOT_TOLD = "A tape has to be told of the source itself, before the loss uses it."
ELSEWHERE = "The caller finds a gradient by its position in the list of sources."

STATIC = {"idea": "The static shape has a None there.", "when": r"\bNone\b|partially known"}


def is_zero(gradient):
    """Whether there is no gradient, or one of zeros."""
    return gradient is None or (tf.is_tensor(gradient) and not np.any(gradient))


def is_like(gradient, value):
    """Whether they are the same numbers, in whatever dtype."""
    got, right = expect.plain(gradient), np.asarray(value).astype("float32")
    return got is not None and got.shape == right.shape and np.allclose(got, right)


def check(seen, called, idea=None, **expected):
    """`seen` is a list with one gradient for each source named in `expected`, in this order.

    The idea of a test does not explain a gradient that is missing. One of its own does.
    """
    expect.that(
        isinstance(seen, list) and len(seen) == len(expected),
        called=called,
        expected=f"a list of {len(expected)}",
        seen=f"a list of {len(seen)}" if isinstance(seen, list) else f"a {type(seen).__name__}",
        idea="The caller gets one list, with one gradient for each source.",
    )
    for gradient, (source, value) in zip(seen, expected.items(), strict=True):
        missing = is_zero(gradient) and not is_zero(tf.convert_to_tensor(value))
        another = not is_like(gradient, value) and any(
            is_like(gradient, other) for other in expected.values()
        )
        said = ELSEWHERE if another and not missing else idea or (NOT_TOLD if missing else None)
        expect.tensor(gradient, value, called=f"{called}, gradient of {source}", idea=said)


def test_a_tensor_beside_a_variable():
    """A plain tensor can be a source, beside a variable.

    A trainable variable announces every read to the tape. A tensor announces nothing. The caller
    finds a gradient by its position.
    """
    x = tf.constant([1.0, -2.0])
    v = tf.Variable(3.0)

    def loss():
        return v * tf.reduce_sum(x * x)

    called = "gradients_of(v * sum(x * x), [x, v])"
    with expect.works(called):
        seen = gradients_of(loss, [x, v])
    check(seen, called, x=[6.0, -12.0], v=5.0)
    called = "gradients_of(v * sum(x * x), [v, x])"
    with expect.works(called):
        seen = gradients_of(loss, [v, x])
    check(seen, called, v=5.0, x=[6.0, -12.0])


def test_a_frozen_variable():
    """A variable with trainable=False has a gradient as well."""
    frozen = tf.Variable([1.0, 2.0], trainable=False)

    def loss():
        return tf.reduce_sum(frozen**3)

    called = "gradients_of(sum(f ** 3), (f,))"
    with expect.works(called):
        seen = gradients_of(loss, (frozen,))
    frozen_too = (
        "`trainable` says what an optimizer should change and what a tape watches unasked. It does "
        "not say that the loss stops depending on the variable."
    )
    check(seen, called, idea=frozen_too, f=[3.0, 12.0])


def test_a_source_that_the_loss_ignores():
    """A source that the loss does not use has a gradient of zeros.

    "Not connected" and "does not change the loss" are one thing to everybody who adds gradients
    up. A None in the list breaks the sum, and so do zeros that do not fit their source.
    """
    used = tf.Variable([[2.0], [5.0]])
    unused = tf.Variable(np.full([2, 3], np.nan))

    def loss():
        return tf.reduce_sum(used * used)

    called = "unused is float64; gradients_of(sum(used * used), [unused, used])"
    with expect.works(called):
        seen = gradients_of(loss, [unused, used])
    check(seen, called, unused=np.zeros([2, 3]), used=[[4.0], [10.0]])
    for loss, text in ((lambda: used[0, 0], "used[0, 0]"), (lambda: tf.constant(1.0), "1.0")):
        called = f"gradients_of({text}, [unused])"
        with expect.works(called):
            seen = gradients_of(loss, [unused])
        check(seen, called, unused=np.zeros([2, 3]))


def test_keras_variables():
    """The weights of Keras are sources, too.

    A keras.Variable is not a tf.Variable: it holds one, and that is what TensorFlow knows.
    """
    scale = keras.Variable(2.0)
    statistics = keras.Variable([1.0, 4.0], trainable=False)

    def loss():
        return scale * tf.reduce_sum(statistics * statistics)

    called = "two keras.Variables, gradients_of(k * sum(s * s), [k, s])"
    with expect.works(called, **NOT_WATCHED):
        seen = gradients_of(loss, [scale, statistics])
    inside = "The tape has to be told of the tf.Variable in a keras.Variable, frozen or not."
    check(seen, called, idea=inside, k=17.0, s=[4.0, 16.0])
    expect.same(
        [scale.trainable, statistics.trainable],
        [True, False],
        called=f"{called}, what `trainable` of k and s says afterwards",
        idea="The optimizer reads `trainable`, too. A question about a gradient changes nothing.",
    )


def test_inside_a_compiled_function():
    """In a tf.function, every call gets gradients of its own.

    As in eager mode, only the use in the loss counts. How one source was made from another does
    not, though the graph knows it.
    """
    v = tf.Variable(2.0)

    @tf.function
    def compiled(x):
        y = 3.0 * x

        def loss():
            return v * tf.reduce_sum(x) + tf.reduce_sum(y * y)

        return gradients_of(loss, [v, x, y])

    symbolic = {"idea": "While a function is traced, no tensor has a value.", "when": "numpy"}
    for x, v_, y_ in (([1.0, 2.0], 3.0, [6.0, 12.0]), ([-1.0, 0.0], -1.0, [-6.0, 0.0])):
        called = f"x = {x}, y = 3 * x; in a tf.function, "
        called += "gradients_of(v * sum(x) + sum(y * y), [v, x, y])"
        with expect.works(called, **symbolic):
            seen = compiled(tf.constant(x))
        check(seen, called, v=v_, x=[2.0, 2.0], y=y_)


@pytest.mark.beyond
def test_a_tensor_of_another_dtype():
    """A source may be a tensor of another dtype than the variable beside it."""
    v = tf.Variable(3.0)
    for dtype, numbers, squares in (
        (tf.float64, [0.1, -2.0], 4.01),
        (tf.float16, [1.0, -2.0], 5.0),
        (tf.bfloat16, [65536.0, 0.0], 2.0**32),
    ):
        x = tf.constant(numbers, dtype)

        def loss(x=x):
            return v * tf.cast(tf.reduce_sum(x * x), "float32")

        called = f"x = {numbers} in {dtype.name}, v float32; gradients_of(v * sum(x * x), [v, x])"
        with expect.works(called):
            seen = gradients_of(loss, [v, x])
        every = "A tape follows tensors of every floating-point dtype, if it is told of them."
        own = "A float16 ends at 65504, and a float32 has half the digits of a float64."
        missing = is_zero(seen[-1]) if isinstance(seen, list) and seen else True
        check(seen, called, idea=every if missing else own, v=squares, x=6.0 * x)


@pytest.mark.beyond
def test_a_source_named_twice():
    """A source that is named twice has its gradient twice.

    The caller finds a gradient by its position, so that no place in the list may be missing.
    """
    v, w = tf.Variable(3.0), tf.Variable(5.0)

    called = "gradients_of(v * w, [v, w, v])"
    with expect.works(called):
        seen = gradients_of(lambda: v * w, [v, w, v])
    check(seen, called, v=5.0, w=3.0, v_again=5.0)


@pytest.mark.beyond
def test_a_size_that_is_known_at_run_time():
    """Zeros fit a source whose size is unknown while a tf.function is traced.

    A batch that is traced as [None] has another size in each call. The size is a tensor then.
    """
    v = tf.Variable(2.0)

    @tf.function(input_signature=[tf.TensorSpec([None])])
    def compiled(x):
        return gradients_of(lambda: v * v, [v, x])

    for x in ([1.0, 2.0], [-1.0]):
        called = f"x = {x}, in a tf.function that knows [None], gradients_of(v * v, [v, x])"
        with expect.works(called, **STATIC):
            seen = compiled(tf.constant(x))
        check(seen, called, v=4.0, x=[0.0] * len(x))


@pytest.mark.beyond
def test_a_table_of_which_rows_are_read():
    """Rows that a lookup leaves out have a gradient of zeros.

    For a lookup, such as that of an embedding, the tape saves space. It hands back the rows that
    were read, each as often as it was read, and their numbers. That is not a tensor.
    """
    table = tf.Variable([[np.nan], [1.0], [3.0], [np.nan], [np.nan]])

    def loss():
        return tf.reduce_sum(tf.gather(table, [2, 1, 2]) ** 2)

    called = "gradients_of(sum(gather(table, [2, 1, 2]) ** 2), [table])"
    with expect.works(called):
        seen = gradients_of(loss, [table])
    check(seen, called, table=[[0.0], [2.0], [12.0], [0.0], [0.0]])

    @tf.function(input_signature=[tf.TensorSpec([None, 1])])
    def compiled(table):
        return gradients_of(lambda: tf.reduce_sum(tf.gather(table, [1]) ** 2), [table])

    called = "a table of 3 rows, in a tf.function that knows [None, 1], "
    called += "gradients_of(sum(gather(table, [1]) ** 2), [table])"
    with expect.works(called, **STATIC):
        seen = compiled(tf.constant([[1.0], [2.0], [3.0]]))
    check(seen, called, table=[[0.0], [4.0], [0.0]])


@pytest.mark.beyond
def test_the_loss_runs_once():
    """The loss runs once for all sources.

    One run serves them all. If the loss is random, a second run is of another loss.
    """
    v, w = tf.Variable(3.0), tf.Variable(5.0)
    runs = []

    def loss():
        runs.append("forward")
        return v * w

    called = "gradients_of(v * w, [v, w])"
    with expect.works(called):
        gradients_of(loss, [v, w])
    seen = f"{len(runs)} calls"
    expect.that(len(runs) == 1, called=called, expected="one call of the loss", seen=seen)


@pytest.mark.beyond
def test_no_needless_work():
    """Only sources cost a backward pass.

    A tape left to itself records every op that a trainable variable flows into. So the part of a
    network that nobody asked about is differentiated, and its activations are kept. That goes
    for the tape in a graph, too.
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
        return head * expensive(tf.convert_to_tensor(backbone)) + bias

    def eager():
        return gradients_of(loss, [head, bias])

    for where, run in (("", eager), ("in a tf.function, ", tf.function(eager))):
        called = f"{where}gradients_of(head * expensive(backbone) + bias, [head, bias])"
        runs.clear()
        with expect.works(called):
            run()
        expect.that(
            not runs,
            called=called,
            expected="no backward pass through expensive(backbone)",
            seen=f"{len(runs)}, though backbone is no source",
        )
