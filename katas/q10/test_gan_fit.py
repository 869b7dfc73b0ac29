"""Two networks, two losses and two optimizers, trained by fit.

The generator here ignores its noise: its images are one trained number, its bias. The
discriminator is linear and the losses are squares, so that a training can be worked out by hand.
"""

import functools
from types import SimpleNamespace

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10.gan_fit import GAN

REAL = np.array([[3.0], [4.0], [2.5], [3.5], [1.0], [2.0], [-1.0]], "float32")
IN_BATCHES = "fit(7 examples, batch_size=3)"
THREE_EPOCHS = "fit(7 examples, batch_size=3, epochs=3)"
FROZEN = "fit(7 examples, batch_size=2), run_eagerly=True, generator.trainable=False"
WHAT_FIT_NEEDS = (
    "fit needs a model that was compiled, by the base class as well, and a train_step that takes "
    "a batch of images and returns a dict of numbers. The default step knows one loss only."
)


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
            raise ValueError(
                f"the generator was given rows of {noise.shape[-1]}, which is no noise"
            )
        rows = tf.shape(noise)[0]
        places = (self.rows + tf.range(rows))[:, None]
        self.kept.assign(tf.tensor_scatter_nd_update(self.kept, places, noise))
        self.rows.assign_add(rows)
        return tf.zeros_like(noise[:, :1]) + self.bias

    def noise(self):
        """The different rows of noise that came."""
        return np.unique(self.kept.numpy()[: int(self.rows)], axis=0)


class Nets:
    """A generator whose bias is 1, and a discriminator x * 1 + 0."""

    def __init__(self, g_penalty=None, d_penalty=None):
        self.bias, self.g_mode, self.d_mode = Bias(regularizer=g_penalty), Mode(), Mode()
        self.generator = keras.Sequential([keras.Input([32]), self.g_mode, self.bias])
        penalties = {"kernel_regularizer": d_penalty, "bias_regularizer": d_penalty}
        self.dense = keras.layers.Dense(1, kernel_initializer="ones", **penalties)
        self.discriminator = keras.Sequential([keras.Input([1]), self.d_mode, self.dense])
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


def make_gan(nets, rates=(0.2, 0.02), losses=(g_loss, d_loss), **compile_arguments):
    optimizers = [keras.optimizers.SGD(rate) for rate in rates]
    with expect.works("GAN(generator, discriminator, noise_dim=32)"):
        gan = GAN(nets.generator, nets.discriminator, noise_dim=32)
    with expect.works("gan.compile(g_optimizer, d_optimizer, g_loss, d_loss)"):
        gan.compile(*optimizers, *losses, jit_compile=False, **compile_arguments)
    return gan


def fit(gan, real=REAL, batch_size=3, epochs=1, called=IN_BATCHES):
    """The history of a fit, which has at least the two losses."""
    batches = tf.data.Dataset.from_tensor_slices(real).batch(batch_size)
    with expect.works(called, idea=WHAT_FIT_NEEDS):
        history = gan.fit(batches, epochs=epochs, verbose=0).history
    expect.that(
        {"g_loss", "d_loss"} <= set(history),
        called=f"{called}, what its history reports",
        expected="g_loss and d_loss, and what else you like",
        seen=", ".join(sorted(history)) or "nothing",
    )
    return history


@functools.cache
def three_epochs():
    """What three epochs of fit have done; several tests look at it."""
    nets = Nets()
    gan = make_gan(nets)
    fit(gan, epochs=3, called=THREE_EPOCHS)
    modes = {"generator": set(nets.g_mode.seen), "discriminator": set(nets.d_mode.seen)}
    return SimpleNamespace(
        nets=nets, gan=gan, weights=nets.weights(), noise=nets.bias.noise(), modes=modes
    )


@functools.cache
def with_a_frozen_generator():
    """What an epoch in eager mode has done, in which the discriminator learns alone."""
    nets = Nets()
    nets.generator.trainable = False
    gan = make_gan(nets, run_eagerly=True)
    fit(gan, batch_size=2, called=FROZEN)
    return nets


def by_hand():
    """The three weights after three epochs: steps with 3, 3 and 1 examples."""
    b, u, c = 1.0, 1.0, 0.0
    for x in [REAL[:3], REAL[3:6], REAL[6:]] * 3:
        real, fake = u * x + c, u * b + c
        b_step = 2 * (fake - 1) * u
        u_step = (2 * (real - 1) * x).mean() + 2 * fake * b
        c_step = (2 * (real - 1)).mean() + 2 * fake
        b, u, c = b - 0.2 * b_step, u - 0.02 * u_step, c - 0.02 * c_step
    return [b, u, c]


def test_fit_trains_both_networks():
    """fit moves both networks, each by its own loss and optimizer.

    "fit has one loss and one optimizer, so it cannot train a GAN": that is the default step, and
    the step is a method like any other. In it, networks run in training mode only if told to.
    """
    seen = three_epochs()
    called = f"{THREE_EPOCHS}, generator's bias, discriminator's kernel and bias"
    expect.value(seen.weights, by_hand(), tolerance=1e-4, called=called)
    for name, modes in seen.modes.items():
        called = f"{THREE_EPOCHS}, the {name} ran with training ="
        expect.same(sorted(modes), ["True"], called=called)


def test_history_is_the_mean_of_each_epoch():
    """The history has the mean of each epoch over its examples.

    fit keeps what train_step returned last. A mean over all batches needs a state that lives
    through the epoch and is started anew with the next: that is a metric. The g_loss of this test
    is a sum over the fakes of a batch, so that it is another number for a smaller batch.
    """

    def sum_of_squares(fake_logits):
        return tf.reduce_sum((fake_logits - 1.0) ** 2)

    nets = Nets()
    gan = make_gan(nets, rates=(0.0, 0.0), losses=(sum_of_squares, d_loss))
    called = "fit(7 examples, batch_size=3, learning rates 0.0)"
    for bias, real in (1.5, REAL), (-2.0, 0.5 * REAL - 1.0):
        nets.bias.bias.assign([bias])
        history = fit(gan, real, called=called)
        of_each_fake = (bias - 1) ** 2
        g_right = (3 * (3 * of_each_fake) + 3 * (3 * of_each_fake) + 1 * of_each_fake) / 7
        right = [g_right, float(((real - 1) ** 2).mean() + bias**2)]
        expect.same(len(history["g_loss"]), 1, called=f"{called}, the length of history['g_loss']")
        seen = np.array([history["g_loss"][0], history["d_loss"][0]])
        expect.value(seen, right, tolerance=1e-4, called=f"{called}, g_loss and d_loss in history")
        called += ", then again with other data"


def test_penalties_belong_to_their_network():
    """Each network's regularizers count in its own loss.

    The default train_step adds the penalties. Whoever replaces it writes this, too. The losses of
    the logits are 0 in this test, so that only the penalties are left.
    """
    nets = Nets(keras.regularizers.L2(0.25), keras.regularizers.L2(0.5))
    nets.dense.bias.assign([2.0])
    gan = make_gan(nets, losses=(nothing, nothing), run_eagerly=True)  # one step needs no trace
    called = "fit(7 examples in one batch), penalties 0.25 * w ** 2 and 0.5 * w ** 2"
    history = fit(gan, batch_size=7, called=called)
    expect.value(history["g_loss"][0], 0.25, tolerance=1e-4, called=f"{called}, the g_loss")
    expect.value(
        history["d_loss"][0], 0.5 * (1.0 + 2.0**2), tolerance=1e-4, called=f"{called}, the d_loss"
    )
    right = [1 - 0.2 * 2 * 0.25, 1 - 0.02 * 2 * 0.5, 2 - 0.02 * 2 * 0.5 * 2]
    called += ", generator's bias, discriminator's kernel and bias"
    expect.value(nets.weights(), right, tolerance=1e-4, called=called)


def test_every_step_has_noise_of_its_own():
    """Every step draws new noise, a row for each example.

    Noise that Python draws is drawn while the step is traced, and then it is part of the graph:
    the same in every step. The last batch may be smaller than the others, and the generator may
    be frozen for a while. And 5 in 100 numbers of a standard normal distribution are further than
    2 from 0: it has tails.
    """
    noise, called = three_epochs().noise, THREE_EPOCHS
    expect.same(len(noise), 21, called=f"{called}, how many different rows of noise were drawn")
    tails = 100 * (abs(noise) > 2).mean()
    expect.that(
        bool(abs(noise.mean()) < 0.25 and 0.8 < noise.std() < 1.2 and 1 < tails < 12),
        called=f"{called}, all noise: mean, standard deviation, numbers beyond 2 or -2",
        expected="about 0, about 1, about 5 in 100",
        seen=f"{noise.mean():.2f}, {noise.std():.2f}, {tails:.0f} in 100",
    )
    rows = len(with_a_frozen_generator().bias.noise())
    expect.same(rows, 7, called=f"{FROZEN}, how many different rows of noise were drawn")


def test_fit_compiles_the_step():
    """fit compiles the step, unless compile was told otherwise.

    What compile was given beside the two optimizers and losses is for Keras to act on.
    """
    seen = three_epochs().nets.g_mode.seen
    before = len(seen)
    called = f"{THREE_EPOCHS}, then {IN_BATCHES}"
    fit(three_epochs().gan, called=called)
    called += ": runs of the generator's Python code in the second fit"
    expect.same(len(seen) - before, 0, called=called)
    gan = make_gan(Nets(), run_eagerly=True, steps_per_execution=5)
    called = "gan.compile(..., run_eagerly=True, steps_per_execution=5)"
    expect.same(gan.run_eagerly, True, called=f"{called}, gan.run_eagerly")
    expect.same(gan.steps_per_execution, 5, called=f"{called}, gan.steps_per_execution")
    runs = len(with_a_frozen_generator().g_mode.seen)
    expect.that(
        runs >= 4,
        called=f"{FROZEN}: runs of the generator's Python code",
        expected="one in each of the 4 steps",
        seen=f"{runs} in all",
    )


def test_called_it_generates():
    """Called with noise, the GAN gives images.

    The model that fit trains has two networks. What it is for, when it is called, is one of them.
    """
    nets = Nets()
    gan = make_gan(nets)
    nets.bias.bias.assign([4.0])
    nets.dense.bias.assign([9.0])
    for rows in 3, 5:
        called = f"gan(noise of {rows} rows), with a generator that always says 4.0"
        with expect.works(called):
            images = gan(tf.zeros([rows, 32]))
        expect.tensor(images, np.full([rows, 1], 4.0, "float32"), called=called)
    for arguments, mode in ({}, "False"), ({"training": True}, "True"):
        nets.g_mode.seen.clear()
        called = "gan(noise, training=True)" if arguments else "gan(noise)"
        with expect.works(called):
            gan(tf.zeros([2, 32]), **arguments)
        called += ", the generator ran with training ="
        expect.same(list(nets.g_mode.seen), [mode], called=called)
