"""Two networks, two losses and two optimizers, trained by fit.

The generator here ignores its noise: its images are one trained number, its bias. The
discriminator is linear and the losses are squares, so that a training can be worked out by hand.
"""

import functools

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10.gan_fit import GAN

REAL = np.array([[3.0], [4.0], [2.5], [3.5], [1.0], [2.0], [-1.0]], "float32")
IN_BATCHES = "fit(7 examples, batch_size=3)"
THREE_EPOCHS = "fit(7 examples, batch_size=3, epochs=3)"
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
        self.kept = tf.Variable(tf.zeros([300, 8]), trainable=False)
        self.rows = tf.Variable(0, trainable=False)

    def call(self, noise):
        if noise.shape[-1] != 8:
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
        self.generator = keras.Sequential([keras.Input([8]), self.g_mode, self.bias])
        self.dense = keras.layers.Dense(1, kernel_initializer="ones", kernel_regularizer=d_penalty)
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
    with expect.works("GAN(generator, discriminator, noise_dim=8)"):
        gan = GAN(nets.generator, nets.discriminator, noise_dim=8)
    with expect.works("gan.compile(g_optimizer, d_optimizer, g_loss, d_loss)"):
        gan.compile(*optimizers, *losses, jit_compile=False, **compile_arguments)
    return gan


def fit(gan, real=REAL, called=IN_BATCHES, **arguments):
    """The history of a fit, which has at least the two losses."""
    arguments = {"batch_size": 3, "shuffle": False, "verbose": 0} | arguments
    with expect.works(called, idea=WHAT_FIT_NEEDS):
        history = gan.fit(real, **arguments).history
    expect.that(
        {"g_loss", "d_loss"} <= set(history),
        called=f"{called}, what its history reports",
        expected="g_loss and d_loss, and what else you like",
        seen=", ".join(sorted(history)) or "nothing",
    )
    return history


@functools.cache
def three_epochs():
    """Networks after three epochs of fit; two tests look at them."""
    nets = Nets()
    fit(make_gan(nets), epochs=3, called=THREE_EPOCHS)
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
    nets = three_epochs()
    called = f"{THREE_EPOCHS}, generator's bias, discriminator's kernel and bias"
    expect.value(nets.weights(), by_hand(), tolerance=1e-4, called=called)
    for name, mode in ("generator", nets.g_mode), ("discriminator", nets.d_mode):
        called = f"{THREE_EPOCHS}, the {name} ran with training ="
        expect.same(sorted(set(mode.seen)), ["True"], called=called)


def test_history_is_the_mean_of_each_epoch():
    """The history has the mean of each epoch over its examples.

    fit keeps what train_step returned last. A mean over all batches needs a state that lives
    through the epoch and is started anew with the next: that is a metric.
    """
    nets = Nets()
    gan = make_gan(nets, rates=(0.0, 0.0))
    called = "fit(7 examples, batch_size=3, learning rates 0.0)"
    for bias, real in (1.5, REAL), (-2.0, 0.5 * REAL - 1.0):
        nets.bias.bias.assign([bias])
        history = fit(gan, real, called=called)
        right = [(bias - 1) ** 2, float(((real - 1) ** 2).mean() + bias**2)]
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
    called = "fit(7 examples in one batch), penalties 0.25 * w ** 2 and 0.5 * w ** 2"
    history = fit(make_gan(nets, losses=(nothing, nothing)), batch_size=7, called=called)
    expect.value(history["g_loss"][0], 0.25, tolerance=1e-4, called=f"{called}, the g_loss")
    expect.value(history["d_loss"][0], 0.5, tolerance=1e-4, called=f"{called}, the d_loss")
    right = [1 - 0.2 * 2 * 0.25, 1 - 0.02 * 2 * 0.5, 0.0]
    called += ", generator's bias, discriminator's kernel and bias"
    expect.value(nets.weights(), right, tolerance=1e-4, called=called)


def test_every_step_has_noise_of_its_own():
    """Every step draws new noise, a row for each example.

    Noise that Python draws is drawn while the step is traced, and then it is part of the graph:
    the same in every step. And the last batch may be smaller than the others.
    """
    nets, called = three_epochs(), THREE_EPOCHS
    noise = nets.bias.noise()
    expect.same(len(noise), 21, called=f"{called}, how many different rows of noise were drawn")
    expect.that(
        bool(abs(noise.mean()) < 0.35 and 0.7 < noise.std() < 1.3),
        called=f"{called}, mean and standard deviation of all noise",
        expected="about 0 and about 1",
        seen=f"{noise.mean():.2f} and {noise.std():.2f}",
    )


def test_fit_compiles_the_step():
    """fit compiles the step, unless compile was told otherwise.

    What compile was given beside the two optimizers and losses is for Keras to act on.
    """
    nets = Nets()
    gan = make_gan(nets)
    fit(gan, REAL[:3])
    before = len(nets.g_mode.seen)
    fit(gan, REAL[:3])
    called = "fit(one batch), a second time: runs of the generator's Python code"
    expect.same(len(nets.g_mode.seen) - before, 0, called=called)
    gan = make_gan(Nets(), run_eagerly=True)
    called = "gan.compile(..., run_eagerly=True), gan.run_eagerly"
    expect.same(gan.run_eagerly, True, called=called)


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
            images = gan(tf.zeros([rows, 8]))
        expect.tensor(images, np.full([rows, 1], 4.0, "float32"), called=called)
    nets.g_mode.seen.clear()
    gan(tf.zeros([2, 8]))
    expect.same(
        list(nets.g_mode.seen), ["False"], called="gan(noise), the generator ran with training ="
    )
