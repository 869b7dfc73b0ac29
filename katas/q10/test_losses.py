"""What each of two opponents minimises."""

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q10.losses import discriminator_loss, generator_loss

LOGITS_AS_PROBABILITIES = (
    "These logits were read as probabilities. A cross-entropy has to be told that it gets logits."
)

AT_ZERO = "Loss and gradient go together. relu, abs and a maximum have a kink at 0: no right slope."


def softplus(x):
    """log(1 + exp(x)), in NumPy, without an overflow."""
    return np.logaddexp(0.0, np.asarray(x, "float64"))


def as_probabilities(logits, label):
    """What Keras computes if it takes logits for probabilities, which it clips."""
    p = np.clip(np.array(logits, "float32"), np.float32(1e-7), np.float32(1 - 1e-7))
    return -np.log(p if label else 1 - p)


def both_alike(logits):
    return discriminator_loss(logits, logits)


def idea_of(seen, mistakes):
    """The idea behind the first mistake that gives the loss that was seen."""
    if isinstance(seen, tf.Tensor) and seen.shape == ():
        for wrong, idea in mistakes:
            if np.isclose(float(seen), wrong, rtol=1e-4):
                return idea
    return ""


def test_the_generator_wants_to_be_believed():
    """The generator's loss is small where a fake passes for real.

    Two losses are in use. The non-saturating one is the cross-entropy with the label "real". The
    other one, minus the discriminator's, is flat where all fakes are seen through.
    """
    for logits in [[0.5], [-3.0], [1.0]], [[2.0], [-1.0], [0.0], [-0.5], [4.0]]:
        x, seen_through = tf.constant(logits), softplus(logits)
        believed = softplus(-np.array(logits))
        called = f"generator_loss({logits})"
        with expect.works(called), tf.GradientTape() as tape:
            tape.watch(x)
            loss = generator_loss(x)
        label = "The generator wants its fakes to be called real. With the label of a fake, it "
        label += "learns to be seen through."
        flat = "This is minus the discriminator's loss. It is flat where all fakes are seen "
        flat += "through, so that a poor generator hardly learns."
        mistakes = (
            (seen_through.mean(), label),
            (-seen_through.mean(), flat),
            (believed.sum(), "This is a sum, which grows with the batch."),
            (as_probabilities(logits, 1).mean(), LOGITS_AS_PROBABILITIES),
        )
        idea = idea_of(loss, mistakes)
        expect.tensor(loss, np.float32(believed.mean()), called=called, idea=idea)
        slope = -1.0 / (1.0 + np.exp(np.array(logits))) / len(logits)
        gradient = tape.gradient(loss, x)
        expect.tensor(gradient, slope, dtype=x.dtype, called=f"{called}, gradient", idea="")


def test_real_and_fake_count_alike():
    """The discriminator's loss is the sum of a real and a fake mean.

    Half of what it has to learn is what real images look like, whatever there is more of in a
    batch.
    """
    sizes = {
        "idea": "There are more logits of one kind here. Each kind has a mean of its own.",
        "when": "ncompatible shapes|must be equal|ConcatOp",
    }
    for real, fake in (
        ([[2.0], [-1.0]], [[0.5], [-3.0], [0.0]]),
        ([[0.0], [1.5], [-2.0], [0.7]], [[1.0]]),
    ):
        called = f"discriminator_loss({real}, {fake})"
        logits = tf.constant(real), tf.constant(fake)
        with expect.works(called, **sizes), tf.GradientTape() as tape:
            tape.watch(logits)
            loss = discriminator_loss(*logits)
        of_real, of_fake = softplus(-np.array(real)), softplus(fake)
        right, all_losses = of_real.mean() + of_fake.mean(), np.concatenate([of_real, of_fake])
        one_mean = "One mean over all logits gives more weight to what there is more of."
        swapped = softplus(real).mean() + softplus(-np.array(fake)).mean()
        read = as_probabilities(real, 1).mean() + as_probabilities(fake, 0).mean()
        mistakes = (
            (right / 2, "The mean of two means is half of their sum, and so is its gradient."),
            (all_losses.mean(), one_mean),
            (2 * all_losses.mean(), one_mean),
            (all_losses.sum(), "This is a sum, which grows with the batch."),
            (swapped, "The labels are swapped: a high logit means real."),
            (read, LOGITS_AS_PROBABILITIES),
        )
        expect.tensor(loss, np.float32(right), called=called, idea=idea_of(loss, mistakes))
        for kind, x, label, slope in zip(
            ("real", "fake"), logits, (1.0, 0.0), tape.gradient(loss, logits), strict=True
        ):
            expected = (1.0 / (1.0 + np.exp(-x.numpy())) - label) / len(x)
            called_kind = f"{called}, gradient for the {kind} logits"
            idea = "" if slope is None else AT_ZERO
            expect.tensor(slope, expected, dtype=x.dtype, called=called_kind, idea=idea)


@pytest.mark.beyond
def test_large_logits_are_exact():
    """Loss and gradient are exact, however wrong a network is.

    In float32 the sigmoid of 20 is 1, and the logarithm of 1 minus that has no value. Clipping
    hides that: loss and gradient stand still, just where the network is most wrong.
    """
    extreme = [[-50000.0], [-1000.0], [-30.0], [40.0], [50000.0]]
    x, p = tf.constant(extreme), np.exp(-softplus(-np.array(extreme)))
    ordinary = np.array([[1.0], [-2.0]], "float32")
    real, fake = softplus(-ordinary).mean(), softplus(ordinary).mean()
    of_real, of_fake = softplus(-np.array(extreme)).mean(), softplus(extreme).mean()
    for name, loss_of, usual, right, slope in (
        ("generator_loss(x)", generator_loss, real, of_real, p - 1),
        ("discriminator_loss(x, x)", both_alike, real + fake, of_real + of_fake, 2 * p - 1),
    ):
        called = f"{name} with x = {extreme}"
        with expect.works(called), tf.GradientTape() as tape:
            tape.watch(x)
            loss = loss_of(x)
            exact = np.allclose(loss_of(tf.constant(ordinary)), usual, rtol=1e-4)
        idea = None if exact else ""  # then it is wrong for all logits
        expect.tensor(loss, np.float32(right), called=called, idea=idea)
        slope = (slope / len(extreme)).astype("float32")
        expect.tensor(tape.gradient(loss, x), slope, called=f"{called}, gradient", idea=idea)


@pytest.mark.beyond
def test_logits_of_any_rank():
    """The same logits in another shape have the same loss.

    A discriminator that judges patches has several logits for each image. One that ends in a
    reshape has no second axis at all. The mean is over all logits.
    """
    fake = tf.linspace(-2.0, 3.0, 18)
    real = 0.3 - 0.5 * fake
    with expect.works("both losses for 18 logits of shape (18, 1)"):
        g_right = tf.reduce_mean(generator_loss(fake[:, None]))
        d_right = tf.reduce_mean(discriminator_loss(real[:, None], fake[:, None]))
    for shape in (18,), (2, 3, 3, 1), (3, 1, 6):
        called = f"generator_loss, 18 logits of shape {shape} instead of (18, 1)"
        with expect.works(called):
            loss = generator_loss(tf.reshape(fake, shape))
        expect.tensor(loss, g_right, called=called)
        called = f"discriminator_loss, 18 logits of shape {shape} instead of (18, 1)"
        with expect.works(called):
            loss = discriminator_loss(tf.reshape(real, shape), tf.reshape(fake, shape))
        expect.tensor(loss, d_right, called=called)
