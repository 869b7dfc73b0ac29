"""One training step for two networks.

The networks here are linear, and the losses are squares, so that each step can be worked out by
hand.
"""

import functools

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10.gan_step import make_step

REAL = np.array([[3.0], [4.0], [2.5], [3.5]], "float32")
NOISE = np.array([[0.5, 1.0], [-1.0, 0.2], [2.0, -0.4]], "float32")
STEP = "step(4 real rows, 3 rows of noise)"


class Probe(keras.layers.Layer):
    """Hands its input on, and notes `training` and its own `trainable` when its code runs."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def call(self, inputs, training=None):
        self.seen.append((training, self.trainable))
        return inputs


class Modest(keras.layers.Layer):
    """Asks for a small mean: a penalty on what is computed, not on a weight."""

    def call(self, inputs):
        self.add_loss(tf.reduce_mean(inputs))
        return inputs


def linear(kernel, bias, penalty=None):
    """A network x @ kernel + bias, and the probe in it."""
    kernel = np.array(kernel, "float32")
    penalties = {"kernel_regularizer": penalty, "bias_regularizer": penalty}
    dense = keras.layers.Dense(kernel.shape[1], **penalties)
    probe = Probe()
    network = keras.Sequential([keras.Input(kernel.shape[:1]), probe, dense])
    network.set_weights([kernel, np.array(bias, "float32")])
    probe.seen.clear()
    return network, probe


def g_loss(fake_logits):
    return tf.reduce_mean((fake_logits - 1.0) ** 2)


def d_loss(real_logits, fake_logits):
    return tf.reduce_mean((real_logits - 1.0) ** 2) + tf.reduce_mean(fake_logits**2)


def nothing(*logits):
    return 0.0 * tf.add_n([tf.reduce_sum(each) for each in logits])


class Pair:
    """A generator, a discriminator, and their step: SGD, at rates of 0.5 and 0.1."""

    def __init__(self, g_penalty=None, d_penalty=None):
        self.g, self.g_probe = linear([[0.7], [0.4]], [-0.2], g_penalty)
        self.d, self.d_probe = linear([[0.3]], [0.1], d_penalty)
        self.g_optimizer = keras.optimizers.SGD(0.5)
        self.d_optimizer = keras.optimizers.SGD(0.1)

    def make(self, g_loss=g_loss, d_loss=d_loss):
        optimizers = self.g_optimizer, self.d_optimizer
        with expect.works("make_step(generator, discriminator, ...)"):
            return make_step(self.g, self.d, *optimizers, g_loss=g_loss, d_loss=d_loss)


def by_hand(real=REAL, noise=NOISE):
    """The losses, and the weights of both networks after one step."""
    a, b, u, c = np.array([[0.7], [0.4]]), np.array([-0.2]), np.array([[0.3]]), np.array([0.1])
    fake = noise @ a + b
    real_logits, fake_logits = real @ u + c, fake @ u + c
    to_real = 2 * (fake_logits - 1) / len(noise)  # how g_loss moves with each fake logit
    a_step, b_step = noise.T @ to_real * u, to_real.sum(0) * u[0]
    from_real, from_fake = 2 * (real_logits - 1) / len(real), 2 * fake_logits / len(noise)
    u_step, c_step = real.T @ from_real + fake.T @ from_fake, from_real.sum(0) + from_fake.sum(0)
    return {
        "g_loss": ((fake_logits - 1) ** 2).mean(),
        "d_loss": ((real_logits - 1) ** 2).mean() + (fake_logits**2).mean(),
        "generator": [a - 0.5 * a_step, b - 0.5 * b_step],
        "discriminator": [u - 0.1 * u_step, c - 0.1 * c_step],
    }


def take(step, real=REAL, noise=NOISE, called=STEP):
    with expect.works(called):
        return step(tf.constant(real), tf.constant(noise))


@functools.cache
def one_step():
    """A pair after its first step, and what that step returned; several tests look at it."""
    pair = Pair()
    return pair, take(pair.make())


def expect_losses(losses, right, called):
    """Two scalars, under their names."""
    names = sorted(losses) if isinstance(losses, dict) else type(losses).__name__
    expect.same(names, ["d_loss", "g_loss"], called=f"{called}, the keys of what it returns")
    for name in "g_loss", "d_loss":
        expect.tensor(losses[name], np.float32(right[name]), called=f"{called}['{name}']")


def expect_weights(network, right, called):
    for part, seen, expected in zip(("kernel", "bias"), network.get_weights(), right, strict=True):
        expect.value(seen, expected.astype("float32"), called=f"{called}, {part}")


def test_the_discriminator_learns_from_its_loss():
    """The discriminator moves by the gradient of its own loss alone.

    The generator's loss depends on the discriminator's weights, too: its gradient there is not
    zero. What keeps it out is only which loss is differentiated for which variables.
    """
    pair, _ = one_step()
    expect_weights(pair.d, by_hand()["discriminator"], called=f"{STEP}, the discriminator")


def test_the_generator_learns_from_its_loss():
    """The generator moves by its own loss, as it was before the step.

    Its gradient goes through the discriminator as that was when the step began. After the
    discriminator has moved, it is another gradient: that is a legitimate GAN, but not this one.
    """
    pair, _ = one_step()
    expect_weights(pair.g, by_hand()["generator"], called=f"{STEP}, the generator")


def test_both_losses_are_returned():
    """The step returns both losses, as they were before it.

    A training that nobody can watch is none. The batches of each call may have other sizes: the
    last one of an epoch mostly has.
    """
    _, losses = one_step()
    expect_losses(losses, by_hand(), called=STEP)
    pair = Pair()
    pair.g_optimizer, pair.d_optimizer = keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0)
    step = pair.make()
    take(step)
    called = "the next step, with 2 real rows and 5 rows of noise"
    real, noise = REAL[:2], np.linspace(-1.0, 2.0, 10, dtype="float32").reshape(5, 2)
    expect_losses(take(step, real, noise, called), by_hand(real, noise), called)


def test_penalties_belong_to_their_network():
    """All penalties of a network count in its own loss.

    fit adds them without a word. Whoever writes the step writes this, too. Most are a
    regularizer's, and a layer may have added others. The losses of the logits are 0 in this test,
    so that only the penalties are left.
    """
    pair = Pair(keras.regularizers.L2(0.25), keras.regularizers.L2(0.5))
    pair.g = keras.Sequential([keras.Input([2]), pair.g, Modest()])
    losses = take(pair.make(nothing, nothing))
    called = f"{STEP}, penalties 0.25 * w ** 2 and 0.5 * w ** 2, losses 0 * logits"
    kernel, bias, rest = np.array([[0.7], [0.4]]), np.array([-0.2]), 1 - 0.5 * 2 * 0.25
    to_mean = NOISE.mean(axis=0, keepdims=True).T
    right = [rest * kernel - 0.5 * to_mean, rest * bias - 0.5]
    also = ", and the mean of its outputs"
    expect_weights(pair.g, right, called=f"{called}, the generator{also}")
    rest = 1 - 0.1 * 2 * 0.5
    right = [rest * np.array([[0.3]]), rest * np.array([0.1])]
    expect_weights(pair.d, right, called=f"{called}, the discriminator")
    if isinstance(losses, dict) and {"g_loss", "d_loss"} <= set(losses):
        g_right = 0.25 * (0.7**2 + 0.4**2 + 0.2**2) + (NOISE @ kernel + bias).mean()
        expect.value(losses["g_loss"], g_right, called=f"{called}, the g_loss{also}")
        d_right = 0.5 * (0.3**2 + 0.1**2)
        expect.value(losses["d_loss"], d_right, called=f"{called}, the d_loss")


def test_both_networks_run_in_training_mode():
    """Both networks run with training=True.

    Called bare, a network runs as at inference: dropout does nothing, and batch normalization
    neither uses nor learns the statistics of the batch. So it does, too, while its `trainable` is
    off, be it only for the other network's turn.
    """
    pair, _ = one_step()
    for name, probe in ("generator", pair.g_probe), ("discriminator", pair.d_probe):
        modes = sorted({f"training={mode}, trainable={switch}" for mode, switch in probe.seen})
        called = f"{STEP}, how the layers of the {name} ran"
        expect.same(modes, ["training=True, trainable=True"], called=called)


def test_frozen_layers_stay_frozen():
    """A frozen layer does not move, and no switch is turned.

    Setting `trainable` of a network sets it in all its layers: a network that was switched off
    and on again has lost what its owner had frozen.
    """
    pair, frozen = Pair(), []
    # Weight decay would move a weight whose gradient is 0.
    pair.g_optimizer = keras.optimizers.SGD(0.5, weight_decay=0.2)
    pair.d_optimizer = keras.optimizers.SGD(0.1, weight_decay=0.2)
    for name in "g", "d":
        first = keras.layers.Dense(2 if name == "g" else 1, kernel_initializer="ones")
        first.trainable = False
        network = getattr(pair, name)
        size = network.input_shape[1:]
        inner = keras.Sequential([keras.Input(size), first])
        setattr(pair, name, keras.Sequential([keras.Input(size), inner, network]))
        frozen.append(first)
    step = pair.make()
    for _ in range(2):
        take(step)
    for layer, network in zip(frozen, (pair.g, pair.d), strict=True):
        name = "discriminator" if network is pair.d else "generator"
        called = f"two steps; the frozen first layer of a model within the {name}"
        expect.value(layer.kernel, np.ones(layer.kernel.shape), called=f"{called}, kernel")
        expect.value(layer.bias, np.zeros(layer.bias.shape), called=f"{called}, bias")
        expect.same(layer.trainable, False, called=f"{called}, trainable")


def test_one_network_may_be_frozen():
    """A network frozen as a whole stays, and the other one learns.

    Some trainings begin so: the discriminator alone, until it is worth listening to.
    """
    for name, other in ("generator", "discriminator"), ("discriminator", "generator"):
        pair = Pair()
        networks = {"generator": pair.g, "discriminator": pair.d}
        networks[name].trainable = False
        before = {each: network.get_weights() for each, network in networks.items()}
        called = f"{STEP} with {name}.trainable = False"
        take(pair.make(), called=called)
        expect_weights(networks[name], before[name], called=f"{called}, the {name}")
        moved = not np.allclose(networks[other].get_weights()[0], before[other][0])
        expect.same(moved, True, called=f"{called}, whether the {other} moved")


def test_the_step_is_compiled():
    """The step is compiled once, for each pair of networks.

    A compiled step runs no Python, so what the networks note in Python stands still. An optimizer
    makes its variables in its first step, and a tf.function may make variables in its first call
    only: one that is shared by all pairs is already past it.
    """
    pairs = [Pair(), Pair()]
    pairs[1].g_optimizer = keras.optimizers.SGD(0.5, momentum=0.9)
    steps = [pair.make() for pair in pairs]
    take(steps[0])
    take(steps[1], called=f"{STEP} of a second pair of networks")
    notes = [len(p.seen) for pair in pairs for p in (pair.g_probe, pair.d_probe)]
    for _ in range(3):
        for step in steps:
            take(step)
    again = [len(p.seen) for pair in pairs for p in (pair.g_probe, pair.d_probe)]
    called = "3 more steps of 2 pairs, batches of the same shapes"
    expect.same(again[0] - notes[0], 0, called=f"{called}: runs of the generator's Python code")
    expect.same(sum(again) - sum(notes), 0, called=f"{called}: runs of any network's Python code")
    for pair in pairs:
        for name, optimizer in ("g", pair.g_optimizer), ("d", pair.d_optimizer):
            expect.value(optimizer.iterations, 4, called=f"4 steps, {name}_optimizer.iterations")
