"""Two networks, two losses and two optimizers, trained by fit.

The generator here ignores its noise: its images are one trained number, its bias. The
discriminator is linear and the losses are squares, so that a training can be worked out by hand.
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
from katas.q10.gan_fit import GAN

REAL = np.array([[3.0], [4.0], [2.5], [3.5], [1.0], [2.0], [-1.0]], "float32")
THREE_EPOCHS = "fit(7 images, batch_size=3, epochs=3)"
G_RATE, D_RATE = 0.2, 0.02
# What a usual mistake raises, and why.
FORESEEN = {
    "does not index into shape": "Far more rows of noise came than there are images.",
    "You must call `compile": "fit asks the base class whether the model was compiled.",
    "Toutput_types": "train_step returned nothing. fit needs a dict of numbers.",
    "which is no noise": "Without a train_step of its own, the model takes the default one: it "
    "calls the model with the images, and knows one loss.",
    "non-persistent": "A plain tape answers one question. Here are two: each loss has a gradient.",
    "No gradients provided": "No gradient reaches the generator. It has to make the fakes while "
    "the tape records, and nothing on the way to the loss may stop the gradient.",
    "Unknown variable": "An optimizer belongs to the variables that it was built with.",
    "not enough values to unpack": "A frozen network has no trainable variables. Its lists are "
    "empty.",
    "at least one Tensor": "A network without regularizers has no penalties: `losses` is an empty "
    "list, and tf.add_n does not add up nothing.",
    r"to Tensor\. Contents|NoneType": "While the step is traced, the number of rows may be open: "
    "the static shape has a None there.",
}


class Mode(keras.layers.Layer):
    """Hands its input on, and notes with which `training` its Python code ran."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def call(self, inputs, training=None):
        self.seen.append(str(training))
        return inputs


class Bias(keras.layers.Layer):
    """Gives its bias for every row of noise, and keeps the noise that it was given.

    Ops write the noise, so that it is kept in a compiled step, too.
    """

    def __init__(self, **kwargs):
        super().__init__()
        self.bias = self.add_weight(shape=(1,), initializer="ones", **kwargs)
        self.kept = tf.Variable(tf.zeros([300, 32]), trainable=False)
        self.rows = tf.Variable(0, trainable=False)

    def call(self, noise):
        if noise.shape[-1] != 32:
            rows = f"the generator was given rows of {noise.shape[-1]} numbers, which is no noise"
            raise ValueError(rows)
        rows = tf.shape(noise)[0]
        places = (self.rows + tf.range(rows))[:, None]
        self.kept.assign(tf.tensor_scatter_nd_update(self.kept, places, noise))
        self.rows.assign_add(rows)
        return tf.zeros_like(noise[:, :1]) + self.bias

    def noise(self):
        """The rows of noise that came, in their order."""
        return self.kept.numpy()[: int(self.rows)]


class Nets:
    """A generator whose bias is 1, and a discriminator x * 1 + 0, which is a model in a model."""

    def __init__(self, g_penalty=None, d_penalty=None):
        self.bias, self.g_mode, self.d_mode = Bias(regularizer=g_penalty), Mode(), Mode()
        self.generator = keras.Sequential([keras.Input([32]), self.g_mode, self.bias])
        penalties = {"kernel_regularizer": d_penalty, "bias_regularizer": d_penalty}
        self.dense = keras.layers.Dense(1, kernel_initializer="ones", **penalties)
        inner = keras.Sequential([keras.Input([1]), self.dense])
        self.discriminator = keras.Sequential([keras.Input([1]), self.d_mode, inner])
        self.bias.rows.assign(0)
        self.g_mode.seen.clear()
        self.d_mode.seen.clear()

    def weights(self):
        return np.ravel([v.numpy().item() for v in (self.bias.bias, *self.dense.weights)])


def g_loss(fake_logits):
    return tf.reduce_mean((fake_logits - 1.0) ** 2)


def d_loss(real_logits, fake_logits):
    return tf.reduce_mean((real_logits - 1.0) ** 2) + tf.reduce_mean(fake_logits**2)


def nothing(*logits):
    return 0.0 * tf.add_n([tf.reduce_sum(each) for each in logits])


@contextmanager
def explained(called):
    """The block raises nothing. A usual mistake is told with its idea."""
    try:
        yield
    except Exception as error:
        ideas = [idea for words, idea in FORESEEN.items() if re.search(words, str(error))]
        with expect.works(called, idea="".join(ideas[:1])):
            raise


def make_gan(nets):
    with explained("GAN(generator, discriminator, noise_dim=32)"):
        return GAN(nets.generator, nets.discriminator, noise_dim=32)


def sgd(*rates):
    return [keras.optimizers.SGD(rate) for rate in rates]


def compiled(gan, optimizers=None, losses=(g_loss, d_loss), jit_compile=False, **others):
    optimizers = optimizers or sgd(G_RATE, D_RATE)
    with explained("gan.compile(g_optimizer, d_optimizer, g_loss, d_loss)"):
        gan.compile(*optimizers, *losses, jit_compile=jit_compile, **others)
    return gan


def fit(gan, real=REAL, batch_size=3, epochs=1, called="fit(7 images, batch_size=3)"):
    """The history of a fit, which has at least the two losses."""
    batches = tf.data.Dataset.from_tensor_slices(real).batch(batch_size)
    with explained(called):
        history = gan.fit(batches, epochs=epochs, verbose=0).history
    expect.that(
        {"g_loss", "d_loss"} <= set(history),
        called=f"{called}, what its history has",
        expected="g_loss and d_loss, and what else you like",
        seen=", ".join(sorted(history)) or "nothing",
        idea="The history has what train_step returns, under the names that it has there.",
    )
    return history


@functools.cache
def three_epochs():
    """What three epochs of fit have done; several tests look at it."""
    nets, optimizers = Nets(), sgd(G_RATE, D_RATE)
    gan = compiled(make_gan(nets), optimizers)
    fit(gan, epochs=3, called=THREE_EPOCHS)
    return SimpleNamespace(
        nets=nets,
        gan=gan,
        weights=nets.weights(),
        noise=nets.bias.noise(),
        modes={"generator": set(nets.g_mode.seen), "discriminator": set(nets.d_mode.seen)},
        iterations=[int(each.iterations) for each in optimizers],
    )


def by_hand(alternating=False, leak=0.0):
    """The three weights after three epochs: steps with 3, 3 and 1 images.

    Args:
        alternating: the discriminator moves before the generator learns from it.
        leak: the rate at which the generator's loss moves the discriminator, too.
    """
    b, u, c = 1.0, 1.0, 0.0
    for x in [REAL[:3], REAL[3:6], REAL[6:]] * 3:
        real, fake = u * x + c, u * b + c
        to_one = 2 * (fake - 1)
        b_step, u_leak, c_leak = to_one * u, to_one * b, to_one
        u_step = (2 * (real - 1) * x).mean() + 2 * fake * b
        c_step = (2 * (real - 1)).mean() + 2 * fake
        u, c = u - D_RATE * u_step - leak * u_leak, c - D_RATE * c_step - leak * c_leak
        if alternating:
            b_step = 2 * (u * b + c - 1) * u
        b -= G_RATE * b_step
    return [b, u, c]


def test_fit_trains_both_networks():
    """fit moves both networks, each by its own loss and optimizer.

    "fit has one loss and one optimizer, so it cannot train a GAN": that is the default step. But
    the step is a method like any other.
    """
    seen = three_epochs().weights
    leaks = "The generator's loss depends on the discriminator's weights, too. Here it moved them."
    turns = "The discriminator had moved already when the generator learned from it."
    mistakes = (
        (by_hand(alternating=True), turns),
        (by_hand(leak=G_RATE), leaks),
        (by_hand(leak=D_RATE), leaks),
    )
    idea = "".join(why for wrong, why in mistakes if np.allclose(seen, wrong, atol=1e-4))
    called = f"{THREE_EPOCHS}, generator's bias, discriminator's kernel and bias"
    expect.value(seen, by_hand(), tolerance=1e-4, called=called, idea=idea)
    called = f"{THREE_EPOCHS}, the iterations of g_optimizer and of d_optimizer"
    more = "An optimizer is more than its learning rate: slots, schedules and clipping are in it."
    expect.same(three_epochs().iterations, [9, 9], called=called, idea=more)


def test_both_networks_run_in_training_mode():
    """Both networks run with training=True.

    fit does not turn training mode on for a step of your own. In it, networks run in training
    mode if you say so.
    """
    for name, modes in three_epochs().modes.items():
        called = f"{THREE_EPOCHS}, the {name} ran with training ="
        expect.same(sorted(modes), ["True"], called=called)


def expect_means(nets, gan, real, bias, called, idea=None):
    """The history of a fit that trains nothing has the means over its images.

    The g_loss is a sum over the fakes, so that it is another number for a smaller batch.
    """
    nets.bias.bias.assign([bias])
    history = fit(gan, real, called=called)
    expect.same(len(history["g_loss"]), 1, called=f"{called}, the length of history['g_loss']")
    batches = [real[first : first + 3] for first in range(0, len(real), 3)]
    losses = [[len(b) * (bias - 1) ** 2, ((b - 1) ** 2).mean() + bias**2] for b in batches]
    right = np.average(losses, axis=0, weights=[len(b) for b in batches])
    seen = np.array([history["g_loss"][0], history["d_loss"][0]])
    if len(nets.bias.noise()) % len(real):
        idea = ""  # another batch than this one
    elif any(np.isclose(seen, np.mean(losses, axis=0)) & ~np.isclose(seen, right)):
        idea = "A batch of 1 image counted as much as a batch of 3."
    called += ", g_loss and d_loss in history"
    expect.value(seen, right, tolerance=1e-4, called=called, idea=idea)


def sum_of_squares(fake_logits):
    return tf.reduce_sum((fake_logits - 1.0) ** 2)


def test_history_is_the_mean_of_each_epoch():
    """The history has the mean of each epoch.

    fit keeps what train_step returned last. A mean needs a state that lives through the epoch, and
    starts anew with the next. Metrics are such states, and fit resets those that it finds.
    """
    nets = Nets()
    gan = compiled(make_gan(nets), sgd(0.0, 0.0), losses=(sum_of_squares, d_loss))
    called = "fit(6 images, batch_size=3, learning rates 0.0)"
    expect_means(nets, gan, REAL[:6], 1.5, called)
    expect_means(nets, gan, 0.5 * REAL[:6] - 1.0, -2.0, f"{called}, then again with other data")
    nets, called = Nets(), "fit(7 images, batch_size=7), the only step"
    gan = compiled(make_gan(nets))
    nets.bias.bias.assign([1.5])
    history = fit(gan, batch_size=7, called=called)
    right = {"g_loss": 0.25, "d_loss": ((REAL - 1) ** 2).mean() + 1.5**2}
    idea = "The losses of a step are those that it minimises: of the weights before it."
    for name, loss in right.items():
        called_name = f"{called}, the {name} in history"
        expect.value(history[name][0], loss, tolerance=1e-4, called=called_name, idea=idea)


def test_every_step_has_noise_of_its_own():
    """Every step draws new noise, a row for each image.

    Noise that Python draws is drawn while the step is traced, and then it is part of the graph:
    the same in every step. So are the numbers that follow from a seed that does not move.
    """
    noise, called = three_epochs().noise, f"{THREE_EPOCHS}, how many different rows of noise"
    different = len(np.unique(noise, axis=0))
    idea = None
    if different > 21 or len(noise) < 21:
        idea = "A step has one batch of noise, as long as its batch of images. The last is smaller."
    expect.same(different, 21, called=called, idea=idea)


def test_the_noise_is_normal():
    """The noise has the standard normal distribution.

    Its mean is 0, its standard deviation 1, and 5 in 100 of its numbers are further than 2 from 0:
    it has tails.
    """
    noise = three_epochs().noise
    rows = np.unique(noise, axis=0)  # a generator may run twice, with the same noise
    expect.that(
        len(np.unique(rows)) >= 0.9 * rows.size,
        called=f"{THREE_EPOCHS}, all noise",
        expected="another number in each place of a row",
        seen="the same numbers again",
        idea="Each number of a row is drawn by itself.",
    )
    tails = 100 * (abs(noise) > 2).mean()
    expect.that(
        bool(abs(noise.mean()) < 0.25 and 0.8 < noise.std() < 1.2 and 1 < tails < 12),
        called=f"{THREE_EPOCHS}, all noise: mean, standard deviation, numbers beyond 2 or -2",
        expected="about 0, about 1, about 5 in 100",
        seen=f"{noise.mean():.2f}, {noise.std():.2f}, {tails:.0f} in 100",
    )


def test_fit_compiles_the_step():
    """fit compiles the step.

    What is compiled runs no Python code of the networks in a further fit.
    """
    seen = three_epochs().nets.g_mode.seen
    before = len(seen)
    called = f"{THREE_EPOCHS}, then fit(7 images, batch_size=3)"
    fit(three_epochs().gan, called=called)
    called += ": runs of the generator's Python code in the second fit"
    expect.same(len(seen) - before, 0, called=called)


def test_called_it_generates():
    """Called with noise, the GAN gives images.

    The model that fit trains has two networks. What it is for, when it is called, is one of them.
    """
    nets = Nets()
    gan = compiled(make_gan(nets))
    nets.bias.bias.assign([4.0])
    nets.dense.bias.assign([9.0])
    for rows in 3, 5:
        called = f"gan(noise of {rows} rows), with a generator that always says 4.0"
        noise = np.linspace(-1.0, 1.0, rows * 32, dtype="float32").reshape(rows, 32)
        with explained(called):
            images = gan(tf.constant(noise))
        expect.tensor(images, np.full([rows, 1], 4.0, "float32"), called=called)
        expect.that(
            np.array_equal(nets.bias.noise()[-rows:], noise),
            called=f"gan(noise of {rows} rows), what the generator was given",
            expected="this noise",
            seen="something else",
            idea="Equal noise makes equal images. In a call, the caller chooses it.",
        )


@pytest.mark.beyond
def test_a_small_last_batch_counts_less():
    """The means of the history are over images, not over batches.

    A metric takes what it is given as one value, unless it is told how much the value counts.
    """
    nets = Nets()
    gan = compiled(make_gan(nets), sgd(0.0, 0.0), losses=(sum_of_squares, d_loss))
    expect_means(nets, gan, REAL, 1.5, "fit(7 images, batch_size=3, learning rates 0.0)", idea="")


@pytest.mark.beyond
def test_penalties_belong_to_their_network():
    """Each network's regularizers count in its own loss.

    The default train_step adds the penalties. A step of your own does not.
    """
    nets = Nets(keras.regularizers.L2(0.25), keras.regularizers.L2(0.5))
    nets.dense.bias.assign([2.0])
    # One step needs no trace.
    gan = compiled(make_gan(nets), losses=(nothing, nothing), run_eagerly=True)
    called = "fit(7 images), losses 0 * logits, penalties 0.25 * w ** 2 and 0.5 * w ** 2"
    before = nets.weights()
    history = fit(gan, batch_size=7, called=called)
    right = {"g_loss": 0.25, "d_loss": 0.5 * (1.0 + 2.0**2)}
    for name, number in right.items():
        both = np.isclose(history[name][0], sum(right.values()), rtol=1e-4)
        idea = None if np.isclose(history[name][0], 0.0) else ""  # then it was not added at all
        if both:
            idea = "A penalty counts in one loss: its own network's."
        expect.value(
            history[name][0], number, tolerance=1e-4, called=f"{called}, the {name}", idea=idea
        )
    weights = [1 - G_RATE * 2 * 0.25, 1 - D_RATE * 2 * 0.5, 2 - D_RATE * 2 * 0.5 * 2]
    called += ", generator's bias, discriminator's kernel and bias"
    idea = None if np.allclose(nets.weights(), before) else ""
    expect.value(nets.weights(), weights, tolerance=1e-4, called=called, idea=idea)


@pytest.mark.beyond
def test_what_is_frozen_does_not_move():
    """What is frozen when compile is called does not move, and the other network learns.

    `trainable_variables` is the list of what was not frozen when it was read. A list that was
    kept does not change.
    """
    for name, part, frozen in (
        ("generator", "bias", "a layer of the generator"),
        ("generator", "generator", "generator"),
        ("discriminator", "discriminator", "discriminator"),
        ("discriminator", "dense", "a layer of a model in the discriminator"),
    ):
        nets = Nets()
        gan = make_gan(nets)
        called = f"fit, then {frozen} frozen, compile(..., run_eagerly=True), fit(7 images)"
        fit(compiled(gan, run_eagerly=True), called=called)
        getattr(nets, part).trainable = False
        nets.bias.bias.assign([3.0])
        nets.bias.rows.assign(0)
        before = nets.weights()
        fit(compiled(gan, run_eagerly=True), called=called)
        moved = [bool(each) for each in nets.weights() != before]
        moves = {"generator": moved[0], "discriminator": all(moved[1:])}
        right = {"generator": True, "discriminator": True} | {name: False}
        expect.same(moves, right, called=f"{called}, which network moved")
        rows = len(np.unique(nets.bias.noise(), axis=0))
        expect.that(
            rows > 3,
            called=f"{called}, how many different rows of noise",
            expected="more than the 3 of one batch",
            seen=str(rows),
            idea="A frozen generator makes new fakes as well.",
        )


@pytest.mark.beyond
def test_other_arguments_of_compile():
    """run_eagerly and the other arguments of compile act as for every Keras model.

    What compile was given beside the two optimizers and losses is for Keras to act on.
    """
    nets = Nets()
    gan = compiled(make_gan(nets), run_eagerly=True, steps_per_execution=5)
    called = "gan.compile(..., run_eagerly=True, steps_per_execution=5)"
    expect.same(gan.run_eagerly, True, called=f"{called}, gan.run_eagerly")
    expect.same(gan.steps_per_execution, 5, called=f"{called}, gan.steps_per_execution")
    gan = compiled(make_gan(Nets()), jit_compile=True)
    called = "gan.compile(..., jit_compile=True), gan.jit_compile"
    if not gan.run_eagerly:  # eagerly, there is nothing for XLA to compile
        expect.same(gan.jit_compile, True, called=called)
    nets = Nets()
    called = "compile(..., run_eagerly=True), fit(7 images, batch_size=2)"
    fit(compiled(make_gan(nets), run_eagerly=True), batch_size=2, called=called)
    expect.that(
        len(nets.g_mode.seen) >= 4,
        called=f"{called}: runs of the generator's Python code",
        expected="one in each of the 4 steps",
        seen=f"{len(nets.g_mode.seen)} in all",
    )


@pytest.mark.beyond
def test_a_call_has_a_mode():
    """Called, the generator runs in the mode that it is told, by default as at inference.

    Images for an exhibition come from a generator that has learned. Batch normalization then uses
    what it has learned, not this batch.
    """
    nets = Nets()
    gan = compiled(make_gan(nets))
    for arguments, mode in ({}, "False"), ({"training": True}, "True"):
        nets.g_mode.seen.clear()
        called = "gan(noise, training=True)" if arguments else "gan(noise)"
        with explained(called):
            gan(tf.zeros([2, 32]), **arguments)
        called += ", the generator ran with training ="
        expect.same(list(nets.g_mode.seen), [mode], called=called)
