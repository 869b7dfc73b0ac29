import functools
import itertools
import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.fix_model import build_classifier

SIZES = ((1, 12, 32), (2, 20, 16), (3, 20, 64))  # a seed, depth, units
LOSS = keras.losses.BinaryCrossentropy(from_logits=True)

# A busy machine builds networks slowly.
pytestmark = pytest.mark.timeout(60)


def build(*asked):
    called = call(*asked)
    with expect.works(called):
        model = build_classifier(*asked)
    kind = type(model).__name__
    is_model = isinstance(model, keras.Model)
    expect.that(is_model, called=called, expected="a keras.Model", seen=f"a {kind}")
    return model


def call(*asked):
    return f"build_classifier({', '.join(map(str, asked))})"


def matrices(model):
    return [variable for variable in model.trainable_variables if len(variable.shape) == 2]


@functools.cache
def gradient_norms(seed, depth, units):
    """The norms of the gradients of all matrices, from the first layer to the last."""
    keras.utils.set_random_seed(seed)
    model = build(depth, units)
    rows = np.random.default_rng(7).normal(size=[128, 20]).astype("float32")
    labels = (rows.sum(axis=1, keepdims=True) > 0).astype("float32")
    called = f"{call(depth, units)}: the loss of 128 rows, with an output per row"
    with tf.GradientTape() as tape, expect.works(called):
        loss = LOSS(labels, model(rows, training=True))
    gradients = tape.gradient(loss, [matrix.value for matrix in matrices(model)])
    expect.that(
        len(gradients) > 1 and None not in gradients,
        called=f"the gradients of the matrices of {call(depth, units)}",
        expected="one for each of several matrices",
        seen="None for some" if None in gradients else f"{len(gradients)} of them",
    )
    return [float(tf.norm(gradient)) for gradient in gradients]


def test_gradients_reach_the_first_layer():
    """No layer's gradient is lost on the way from the loss.

    On its way back, a gradient is multiplied by the slope of each activation and by each matrix.
    The slope of a sigmoid is 1/4 at most, and twelve of them are less than a millionth.
    """
    for seed, depth, units in SIZES:
        norms = gradient_norms(seed, depth, units)
        least = min(norms)
        expect.that(
            least >= norms[-1] / 1000,
            called=f"{call(depth, units)}: the gradient norm of matrix {norms.index(least) + 1}",
            expected=f"at least a thousandth of the last one's, which is {norms[-1]:.2e}",
            seen=f"{least:.2e}",
        )


def test_gradients_have_a_size_to_learn_from():
    """Gradients are neither tiny where they start nor huge in any layer.

    How much a layer shrinks or grows what it gets is a matter of its weights, and of their number.
    Where all gradients shrink or grow alike, nothing is learned either.
    """
    for seed, depth, units in SIZES:
        norms = gradient_norms(seed, depth, units)
        expect.that(
            norms[-1] >= 1e-6,
            called=f"{call(depth, units)}: the gradient norm of the last matrix",
            expected="at least 1.0e-06",
            seen=f"{norms[-1]:.2e}",
        )
        expect.that(
            max(norms) <= 1e3,
            called=f"{call(depth, units)}: the largest gradient norm",
            expected="at most 1.0e+03",
            seen=f"{max(norms):.2e}",
        )


def test_all_layers_are_there():
    """The network is as deep and as wide as it is asked to be.

    A network with fewer layers has less to send gradients through, and is another network.
    """
    for asked in (12, 32), (3, 17), (1, 16), ():
        shapes = [list(matrix.shape) for matrix in matrices(build(*asked))]
        depth, units = asked or (12, 32)
        right = [[20, units], *[[units, units]] * (depth - 1), [units, 1]]
        expect.that(
            shapes == right,
            called=f"{call(*asked)}: the shapes of its matrices",
            expected=summary(right),
            seen=summary(shapes),
            idea=None if len(shapes) < len(right) else "",
        )


def summary(shapes):
    """Shapes in a row, with how many times each comes."""
    counts = {}
    for shape in map(str, shapes):
        counts[shape] = counts.get(shape, 0) + 1
    return ", ".join(f"{count} x {shape}" for shape, count in counts.items())


def test_no_hidden_layer_is_linear():
    """Each hidden layer computes something that is not linear.

    Two linear layers in a row are one: their matrices could be multiplied beforehand. The test
    rotates what comes out of a layer, and rotates it back in the next one. Only an activation in
    between makes that a difference.
    """
    model, random = build(6, 16), np.random.default_rng(5)
    layers = matrices(model)
    for matrix in layers:  # large ones, so that activations are far from linear
        rows, columns = matrix.shape
        matrix.assign(random.normal(size=[rows, columns]) * 8 / np.sqrt(rows))
    batch = random.normal(size=[64, 20]).astype("float32")
    outputs = model(batch, training=False).numpy()
    expect.that(
        float(np.ptp(outputs)) > 0.0,
        called=f"{call(6, 16)}: the outputs for 64 rows",
        expected="different ones",
        seen="the same for all: nothing of a row arrives at the end",
        idea="",
    )
    for number, (matrix, following) in enumerate(itertools.pairwise(layers), 1):
        if matrix.shape[1] != following.shape[0]:
            continue  # no layers in a row; another test tells
        before = matrix.numpy(), following.numpy()
        turn, _ = np.linalg.qr(random.normal(size=[matrix.shape[1]] * 2))
        matrix.assign(before[0] @ turn)
        following.assign(turn.T @ before[1])
        turned = model(batch, training=False).numpy()
        matrix.assign(before[0])
        following.assign(before[1])
        expect.that(
            bool(abs(turned - outputs).max() > 0.01 * abs(outputs).max()),
            called=f"{call(6, 16)}, rotated after hidden layer {number}, and back in the next one",
            expected="other outputs",
            seen="the same outputs: the layer is linear",
        )


def test_the_output_is_a_logit():
    """The output is a number of any size, for a loss that is told so.

    A sigmoid at the end, and a loss that takes its input for a logit, are one sigmoid too many.
    """
    model, rows = build(2, 16), tf.random.normal([3, 20])
    last, constant = matrices(model)[-1], f"{call(2, 16)} with the last matrix 0"
    last.assign(tf.zeros(last.shape))
    plain = model(rows).numpy()
    called = f"{constant}: the outputs for 3 rows"
    expect.value(plain, np.full([3, 1], plain[0, 0]), dtype="float32", called=called, idea="")
    moved = []
    for bias in (each for each in model.trainable_variables if math.prod(each.shape) == 1):
        before = bias.numpy()
        none, less, more = (with_value(bias, value, model, rows) for value in (0, -7, 14))
        bias.assign(before)
        called = f"{constant}: how far a bias of 14 moves the output, judging by -7"
        expect.value(more - none, -2 * (less - none), called=called, tolerance=1e-4)
        moved.append(abs(less - none).min())
    expect.that(
        bool(max(moved, default=0.0) > 0.0),
        called=f"{constant}, when a bias is set to -7",
        expected="other outputs",
        seen="the same outputs: there is no bias",
        idea="Without a bias, the logit of a hidden layer of zeros is 0, whatever the labels are.",
    )


def with_value(variable, value, model, rows):
    variable.assign(tf.fill(variable.shape, float(value)))
    return model(rows).numpy()
