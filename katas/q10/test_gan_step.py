"""One training step for two networks.

The networks here are linear, and the losses are squares, so that each step can be worked out by
hand.
"""

import functools
import re
from contextlib import contextmanager
from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q10.gan_step import make_step

REAL = np.array([[3.0], [4.0], [2.5], [3.5]], "float32")
NOISE = np.array([[0.5, 1.0], [-1.0, 0.2], [2.0, -0.4]], "float32")
STEP = "step(4 real rows, 3 rows of noise)"
START = {
    "generator": [np.array([[0.7], [0.4]]), np.array([-0.2])],
    "discriminator": [np.array([[0.3]]), np.array([0.1])],
}
G_RATE, D_RATE = 0.5, 0.1
# What a usual mistake raises, and why.
FORESEEN = {
    "non-persistent": "A plain tape answers one question. Here are two: each loss has a gradient.",
    "No gradients provided": "No gradient reaches the generator. It has to make the fakes while "
    "the tape records, and nothing on the way to the loss may stop the gradient.",
    "Unknown variable": "An optimizer belongs to the variables that it was built with.",
    "singleton|non-first call": "A tf.function may make variables in its first call only. An "
    "optimizer makes its own in its first step. One function for all pairs is already past it.",
    "at least one|non-empty list|length of 0|less than minimum": "A network without regularizers "
    "has no penalties: `losses` is an empty list, and tf.add_n does not add up nothing.",
    "not enough values to unpack": "A frozen network has no trainable variables. Its lists are "
    "empty.",
    "incompatible with the layer": "A network was given the other one's input. step takes the real "
    "images first, and then the noise.",
    "ncompatible shapes|must be equal|ConcatOp|evenly divide": "There are more real rows than rows "
    "of noise here.",
}


OLD_SHAPES = (
    "A graph is made for certain shapes. Other batches need another graph, or one that leaves the "
    "rows open."
)


EXCHANGED = "This is the other network's loss."
ALL_ROWS = "Each batch counts with all of its rows, in every call."


class Probe(keras.layers.Layer):
    """Hands its input on, and notes `training` and its own `trainable` when its code runs."""

    def __init__(self):
        super().__init__()
        self.modes, self.switches = [], []

    def call(self, inputs, training=None):
        self.modes.append(training)
        self.switches.append(self.trainable)
        return inputs


class Modest(keras.layers.Layer):
    """Asks for a small mean: a penalty on what is computed, not on a weight."""

    def call(self, inputs):
        self.add_loss(tf.reduce_mean(inputs))
        return inputs


def linear(name, penalty=None):
    """The network x @ kernel + bias, and the probe in it."""
    kernel, bias = START[name]
    penalties = {"kernel_regularizer": penalty, "bias_regularizer": penalty}
    dense, probe = keras.layers.Dense(kernel.shape[1], **penalties), Probe()
    network = keras.Sequential([keras.Input(kernel.shape[:1]), probe, dense])
    network.set_weights([kernel, bias])
    probe.modes.clear()
    probe.switches.clear()
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
        self.g, self.g_probe = linear("generator", g_penalty)
        self.d, self.d_probe = linear("discriminator", d_penalty)
        self.g_optimizer = keras.optimizers.SGD(G_RATE)
        self.d_optimizer = keras.optimizers.SGD(D_RATE)

    def make(self, g_loss=g_loss, d_loss=d_loss):
        optimizers = self.g_optimizer, self.d_optimizer
        with explained("make_step(generator, discriminator, ...)"):
            return make_step(self.g, self.d, *optimizers, g_loss=g_loss, d_loss=d_loss)

    def python_runs(self):
        return len(self.g_probe.modes) + len(self.d_probe.modes)


class ByHand:
    """Both losses, and the gradients of each for the weights of both networks."""

    def __init__(self, real=REAL, noise=NOISE, **weights):
        (kernel, bias), (slope, shift) = (START | weights).values()
        fake = noise @ kernel + bias
        real_logits, fake_logits = real @ slope + shift, fake @ slope + shift
        self.g_loss = ((fake_logits - 1) ** 2).mean()
        self.d_loss = ((real_logits - 1) ** 2).mean() + (fake_logits**2).mean()
        # How each loss moves with each logit.
        g_fake, d_fake = 2 * (fake_logits - 1) / len(noise), 2 * fake_logits / len(noise)
        d_real = 2 * (real_logits - 1) / len(real)
        self.generator = {
            "g_loss": [noise.T @ g_fake * slope, g_fake.sum(0) * slope[0]],
            "d_loss": [noise.T @ d_fake * slope, d_fake.sum(0) * slope[0]],
        }
        self.discriminator = {
            "g_loss": [fake.T @ g_fake, g_fake.sum(0)],
            "d_loss": [real.T @ d_real + fake.T @ d_fake, d_real.sum(0) + d_fake.sum(0)],
        }


def moved(name, *steps):
    """The weights of a network after steps, each a rate and the gradients."""
    weights = START[name]
    for rate, gradients in steps:
        weights = [w - rate * each for w, each in zip(weights, gradients, strict=True)]
    return weights


@contextmanager
def explained(called):
    """The block raises nothing. A usual mistake is told with its idea."""
    try:
        yield
    except Exception as error:
        ideas = [idea for words, idea in FORESEEN.items() if re.search(words, str(error))]
        with expect.works(called, idea="".join(ideas[:1])):
            raise


def take(step, real=REAL, noise=NOISE, called=STEP):
    with explained(called):
        return step(tf.constant(real), tf.constant(noise))


@functools.cache
def one_step():
    """A pair after its first step, and what that step returned; several tests look at it."""
    pair = Pair()
    return pair, take(pair.make())


def expect_losses(losses, right, called, mistakes=()):
    """Two scalars, under their names."""
    names = sorted(losses) if isinstance(losses, dict) else []
    expect.that(
        names == ["d_loss", "g_loss"],
        called=f"{called}, the names of the losses that it returns",
        expected="g_loss and d_loss",
        seen=" and ".join(map(str, names)) or "no dict of losses",
        idea=""
        if {"d_loss", "g_loss"} < set(names)
        else "A training that nobody can watch is none.",
    )
    mistakes = (*mistakes, (SimpleNamespace(g_loss=right.d_loss, d_loss=right.g_loss), EXCHANGED))
    for name in "g_loss", "d_loss":
        ideas = [why for wrong, why in mistakes if isclose(losses[name], getattr(wrong, name))]
        number = np.float32(getattr(right, name))
        expect.tensor(losses[name], number, called=f"{called}['{name}']", idea="".join(ideas[:1]))


def isclose(seen, number):
    return isinstance(seen, tf.Tensor) and np.allclose(seen, number, rtol=1e-4)


def expect_weights(network, right, called, mistakes=(), idea=""):
    """The weights of a network; an idea is told for the mistake that leads to what was seen."""
    seen = network.get_weights()
    for wrong, why in mistakes:
        if all(np.allclose(a, b, atol=1e-5) for a, b in zip(seen, wrong, strict=True)):
            idea = why
    for part, one, expected in zip(("kernel", "bias"), seen, right, strict=True):
        expect.value(one, expected.astype("float32"), called=f"{called}, {part}", idea=idea)


def test_the_discriminator_learns_from_its_loss():
    """The discriminator moves by the gradient of its own loss.

    What decides who learns from what is which loss is differentiated for which variables.
    """
    pair, _ = one_step()
    before = ByHand()
    by = before.discriminator
    after = ByHand(generator=moved("generator", (G_RATE, before.generator["g_loss"])))
    both = "The generator's loss depends on the discriminator's weights, too: its gradient there "
    both += "is not zero. Here it moved them."
    mistakes = (
        (moved("discriminator", (D_RATE, by["d_loss"]), (D_RATE, by["g_loss"])), both),
        (moved("discriminator", (D_RATE, by["d_loss"]), (G_RATE, by["g_loss"])), both),
        (
            moved("discriminator", (G_RATE, by["d_loss"])),
            "This is a step of the generator's optimizer, at its learning rate.",
        ),
        (
            moved("discriminator", (D_RATE, after.discriminator["d_loss"])),
            "The generator had moved already. That is a legitimate GAN, but not this one.",
        ),
    )
    right = moved("discriminator", (D_RATE, by["d_loss"]))
    expect_weights(pair.d, right, f"{STEP}, the discriminator", mistakes)


def test_the_generator_learns_from_its_loss():
    """The generator moves by the gradient of its own loss, as it was before the step.

    That gradient goes through the discriminator as it was when the step began.
    """
    pair, _ = one_step()
    before = ByHand()
    after = ByHand(discriminator=moved("discriminator", (D_RATE, before.discriminator["d_loss"])))
    by = before.generator
    mistakes = (
        (
            moved("generator", (G_RATE, after.generator["g_loss"])),
            "The discriminator had moved already. That is a legitimate GAN, but not this one.",
        ),
        (
            moved("generator", (G_RATE, by["g_loss"]), (G_RATE, by["d_loss"])),
            "This is the gradient of both losses together.",
        ),
        (
            moved("generator", (-G_RATE, by["d_loss"])),
            "This is minus the gradient of d_loss. The generator has a loss of its own.",
        ),
    )
    right = moved("generator", (G_RATE, by["g_loss"]))
    expect_weights(pair.g, right, f"{STEP}, the generator", mistakes)


def test_both_losses_are_returned():
    """The step returns both losses, as they were before it.

    They are the numbers that were minimised, under their names.
    """
    _, losses = one_step()
    before = ByHand()
    d_moved = moved("discriminator", (D_RATE, before.discriminator["d_loss"]))
    g_moved = moved("generator", (G_RATE, before.generator["g_loss"]))
    mistakes = (
        (ByHand(discriminator=d_moved), "The discriminator had moved already."),
        (ByHand(generator=g_moved, discriminator=d_moved), "Both networks had moved already."),
    )
    expect_losses(losses, before, STEP, mistakes)


def test_batches_of_other_sizes():
    """Batches of other sizes are a step as well.

    The last batch of an epoch mostly has fewer rows.
    """
    pair = Pair()
    pair.g_optimizer, pair.d_optimizer = keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0)
    step = pair.make()
    first = take(step)
    usual = isinstance(first, dict) and all(
        isclose(first.get(name), getattr(ByHand(), name)) for name in ("g_loss", "d_loss")
    )
    many = np.linspace(-1.0, 2.0, 14, dtype="float32").reshape(7, 2)
    for real, noise in (REAL[:2], many[:5]), (many[:, :1], NOISE[:1]):
        called = f"a later step, with {len(real)} real rows and {len(noise)} of noise"
        with expect.works(called, idea=OLD_SHAPES, when="shape|must be equal|signature"):
            losses = step(tf.constant(real), tf.constant(noise))
        for name in "g_loss", "d_loss":
            if isinstance(losses, dict) and name in losses:
                right, idea = getattr(ByHand(real, noise), name), ALL_ROWS if usual else ""
                expect.value(losses[name], right, called=f"{called}['{name}']", idea=idea)


def test_both_networks_run_in_training_mode():
    """Both networks run with training=True.

    Called bare, a network runs as at inference: dropout does nothing, and batch normalization
    neither uses nor learns the statistics of the batch.
    """
    pair, _ = one_step()
    for name, probe in ("generator", pair.g_probe), ("discriminator", pair.d_probe):
        modes = sorted({str(mode) for mode in probe.modes})
        expect.same(modes, ["True"], called=f"{STEP}, the {name} ran with training =")


def test_the_step_is_compiled():
    """Called again with the same shapes, the step runs no Python code of the networks.

    A compiled step is traced once for these shapes. After that only its graph runs.
    """
    pair = Pair()
    step = pair.make()
    take(step)
    before = pair.python_runs()
    for _ in range(3):
        take(step)
    called = "3 more steps, batches of the same shapes: runs of the networks' Python code"
    expect.same(pair.python_runs() - before, 0, called=called)


def test_every_pair_has_its_own_step():
    """Two pairs of networks are trained in one process.

    Tonight's second experiment has new networks and new optimizers, and so has the next test.
    """
    pairs = [Pair(), Pair()]
    pairs[1].g_optimizer = keras.optimizers.SGD(G_RATE, momentum=0.9)
    pairs[1].d_optimizer = keras.optimizers.Adam(D_RATE)
    steps = [pair.make() for pair in pairs]
    take(steps[0])
    moves = [not np.allclose(p.g.get_weights()[0], START["generator"][0]) for p in pairs]
    called = "2 pairs, 1 step of the first pair: which generators moved"
    idea = "A step belongs to the networks that it was made with, whatever was made since."
    expect.same(moves, [True, False], called=called, idea=idea)
    take(steps[1], called=f"{STEP} of a second pair of networks")
    for step in steps:
        take(step)
    for number, pair in enumerate(pairs, start=1):
        for name, optimizer in ("g", pair.g_optimizer), ("d", pair.d_optimizer):
            called = f"2 steps of each of 2 pairs, pair {number}, {name}_optimizer.iterations"
            idea = "In each step, each optimizer moves its own network once."
            expect.value(optimizer.iterations, 2, called=called, idea=idea)


@pytest.mark.beyond
def test_penalties_belong_to_their_network():
    """All penalties of a network count in its own loss.

    fit adds them without a word, and a step by hand does not. Most belong to a regularizer, and a
    layer may add others.
    """
    pair = Pair(keras.regularizers.L2(0.25), keras.regularizers.L2(0.5))
    pair.g = keras.Sequential([keras.Input([2]), pair.g, Modest()])
    losses = take(pair.make(nothing, nothing))
    called = f"{STEP}, penalties 0.25 * w ** 2 and 0.5 * w ** 2, losses 0 * logits"
    kernel, bias = START["generator"]
    to_mean = NOISE.mean(axis=0, keepdims=True).T
    penalty = [0.5 * kernel + to_mean, 0.5 * bias + 1]
    also = ", and the mean of its outputs"
    right, forgotten = moved("generator", (G_RATE, penalty)), START["generator"]
    mistakes = (
        (forgotten, None),
        (
            moved("generator", (G_RATE, [0.5 * kernel, 0.5 * bias])),
            "The penalty that a layer adds is missing. It is in `losses`, and it is computed when "
            "the generator runs. The tape has to record that.",
        ),
        (moved("generator", (G_RATE, [to_mean, 0 * bias + 1])), "A network has many penalties."),
    )
    expect_weights(pair.g, right, f"{called}, the generator{also}", mistakes)
    right = moved("discriminator", (D_RATE, START["discriminator"]))
    called_d = f"{called}, the discriminator"
    expect_weights(pair.d, right, called_d, [(START["discriminator"], None)])
    if isinstance(losses, dict) and {"g_loss", "d_loss"} <= set(losses):
        g_right = 0.25 * (0.7**2 + 0.4**2 + 0.2**2) + (NOISE @ kernel + bias).mean()
        d_right = 0.5 * (0.3**2 + 0.1**2)
        for name, right in ("g_loss", g_right), ("d_loss", d_right):
            ideas = {g_right + d_right: "A penalty counts in one loss: its own network's."}
            idea = "".join(why for wrong, why in ideas.items() if isclose(losses[name], wrong))
            expect.value(losses[name], right, called=f"{called}, the {name}", idea=idea)


def with_frozen_layers():
    """A pair whose networks begin with a frozen layer, inside of a model; and these layers.

    Weight decay would move a weight whose gradient is 0.
    """
    pair, frozen = Pair(), []
    pair.g_optimizer = keras.optimizers.SGD(G_RATE, weight_decay=0.2)
    pair.d_optimizer = keras.optimizers.SGD(D_RATE, weight_decay=0.2)
    for name in "g", "d":
        network = getattr(pair, name)
        size = network.input_shape[1:]
        first = keras.layers.Dense(size[0], kernel_initializer="ones")
        first.trainable = False
        inner = keras.Sequential([keras.Input(size), first])
        setattr(pair, name, keras.Sequential([keras.Input(size), inner, network]))
        frozen.append(first)
    return pair, dict(zip(("generator", "discriminator"), frozen, strict=True))


@pytest.mark.beyond
def test_frozen_layers_stay_frozen():
    """A frozen layer does not move, be it inside of a model inside of a network.

    A tape has gradients for frozen weights as well. Only the list of variables leaves them out. A
    gradient of 0 does not: weight decay moves such a weight.
    """
    pair, frozen = with_frozen_layers()
    step = pair.make()
    for _ in range(2):
        take(step)
    for name, layer in frozen.items():
        called = f"two steps; the frozen first layer of a model within the {name}"
        thawed = "`trainable` of a network is that of all its layers. Set to True, it thawed this."
        idea = thawed if layer.trainable else None
        expect.value(
            layer.kernel, np.ones(layer.kernel.shape), called=f"{called}, kernel", idea=idea
        )
        expect.value(layer.bias, np.zeros(layer.bias.shape), called=f"{called}, bias", idea=idea)
        rest = {"generator": pair.g, "discriminator": pair.d}[name].layers[-1]
        learned = not np.allclose(rest.get_weights()[0], START[name][0])
        called = f"two steps; whether the thawed layers of the {name} moved"
        expect.same(learned, True, called=called, idea="One frozen layer does not freeze the rest.")


@pytest.mark.beyond
def test_no_switch_is_set():
    """The step sets no `trainable`, not even for a while.

    A frozen batch normalization runs as at inference. And `trainable` of a network is that of all
    its layers: set to True, it thaws what its owner had frozen.
    """
    pair, frozen = with_frozen_layers()
    take(pair.make())
    for name, probe in ("generator", pair.g_probe), ("discriminator", pair.d_probe):
        called = f"{STEP}, a layer of the {name} ran with trainable ="
        idea = None if False in probe.switches else ""
        expect.same(sorted(set(probe.switches)), [True], called=called, idea=idea)
        called = f"{STEP}, the frozen layer of the {name}, its trainable afterwards"
        expect.same(frozen[name].trainable, False, called=called)


@pytest.mark.beyond
def test_one_network_may_be_frozen():
    """A network frozen as a whole stays, and the other one learns.

    Some trainings begin so: the discriminator alone, until it is worth listening to.
    """
    for name, other in ("generator", "discriminator"), ("discriminator", "generator"):
        pair = Pair()
        networks = {"generator": pair.g, "discriminator": pair.d}
        networks[name].trainable = False
        called = f"{STEP} with {name}.trainable = False"
        take(pair.make(), called=called)
        expect_weights(networks[name], START[name], called=f"{called}, the {name}")
        learned = not np.allclose(networks[other].get_weights()[0], START[other][0])
        expect.same(learned, True, called=f"{called}, whether the {other} moved", idea="")
