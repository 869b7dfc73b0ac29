"""What each of two opponents minimises."""

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10.losses import discriminator_loss, generator_loss


def softplus(x):
    """log(1 + exp(x)), in NumPy, without an overflow."""
    return np.logaddexp(0.0, np.asarray(x, "float64"))


def test_the_generator_wants_to_be_believed():
    """The generator's loss is small where a fake passes for real.

    There are two generator losses in the literature. The first, minus the discriminator's, is
    flat where all fakes are seen through, so that a poor generator hardly learns. The
    non-saturating one, the cross-entropy with the label "real", is steep there.
    """
    for logits in [[0.5], [-3.0], [1.0]], [[2.0], [-1.0], [0.0], [-0.5], [4.0]]:
        x = tf.constant(logits, tf.float32)
        called = f"generator_loss({logits})"
        with expect.works(called), tf.GradientTape() as tape:
            tape.watch(x)
            loss = generator_loss(x)
        expect.tensor(loss, np.float32(softplus(-np.array(logits)).mean()), called=called)
        slope = -1.0 / (1.0 + np.exp(np.array(logits))) / len(logits)
        expect.tensor(tape.gradient(loss, x), slope, dtype=x.dtype, called=f"{called}, gradient")


def test_real_and_fake_count_alike():
    """The discriminator's loss is the sum of a real and a fake mean.

    One mean over all logits would give more weight to whatever there is more of.
    """
    for real, fake in (
        ([[2.0], [-1.0]], [[0.5], [-3.0], [1.0]]),
        ([[0.3], [1.5], [-2.0], [0.7]], [[1.0]]),
    ):
        called = f"discriminator_loss({real}, {fake})"
        with expect.works(called):
            loss = discriminator_loss(tf.constant(real), tf.constant(fake))
        right = softplus(-np.array(real)).mean() + softplus(fake).mean()
        expect.tensor(loss, np.float32(right), called=called)


def test_large_logits_are_exact():
    """Loss and gradient are exact, however wrong a network is.

    In float32 the sigmoid of 20 is 1, and the logarithm of 1 minus that has no value. Clipping
    hides that: the loss stops growing and its gradient is 0, just where the network is most wrong.
    """
    x = tf.constant([[-1000.0], [-30.0], [40.0], [1000.0]])
    for name, right, slope in (
        ("generator_loss(x)", 257.5, [[-0.25], [-0.25], [0.0], [0.0]]),
        ("discriminator_loss(x, x)", 517.5, [[-0.25], [-0.25], [0.25], [0.25]]),
    ):
        called = f"{name} with x = [[-1000.0], [-30.0], [40.0], [1000.0]]"
        with expect.works(called), tf.GradientTape() as tape:
            tape.watch(x)
            loss = generator_loss(x) if name.startswith("gen") else discriminator_loss(x, x)
        expect.tensor(loss, right, called=called)
        expect.tensor(tape.gradient(loss, x), slope, called=f"{called}, gradient")


def test_logits_of_any_shape():
    """The same logits in another shape have the same loss.

    A discriminator that judges patches has several logits for each image, and one that ends in a
    reshape has no second axis at all. The mean is over all logits, and the loss is a scalar.
    """
    fake = tf.linspace(-2.0, 3.0, 18)
    real = 0.3 - 0.5 * fake
    with expect.works("both losses for 18 logits of shape (18, 1)"):
        g_right = generator_loss(fake[:, None])
        d_right = discriminator_loss(real[:, None], fake[:, None])
    for shape in (18,), (2, 3, 3, 1), (3, 1, 6):
        called = f"generator_loss, 18 logits of shape {shape} instead of (18, 1)"
        with expect.works(called):
            loss = generator_loss(tf.reshape(fake, shape))
        expect.tensor(loss, g_right, called=called)
        called = f"discriminator_loss, 18 logits of shape {shape} instead of (18, 1)"
        with expect.works(called):
            loss = discriminator_loss(tf.reshape(real, shape), tf.reshape(fake, shape))
        expect.tensor(loss, d_right, called=called)
