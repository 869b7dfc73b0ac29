"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import warnings

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10 import quick_check as answers


def network():
    return keras.Sequential([keras.Input([1]), keras.layers.Dense(2), keras.layers.Dense(1)])


NOISE = tf.ones([3, 1])


def test_a_gradient_for_the_other_network():
    """1. The generator's loss and the discriminator's weights.

    Ask what the loss is computed from. Who is meant to learn from it is not written in a tape.
    """
    generator, discriminator = network(), network()
    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(NOISE))
        g_loss = tf.reduce_mean(tf.nn.softplus(-fake_logits))
    gradient = tape.gradient(g_loss, discriminator.trainable_variables)[-1]
    truth = "none"
    if gradient is not None:
        truth = "not zero" if np.any(gradient.numpy()) else "zero"
    expect.prediction(
        answers.CROSS_GRADIENT, truth, called="CROSS_GRADIENT", among=("none", "zero", "not zero")
    )


def test_a_switch_after_the_trace():
    """2. A network that is frozen between two calls of a compiled step.

    Ask when the line that reads the switch is run.
    """
    generator, optimizer = network(), keras.optimizers.SGD(0.1)

    @tf.function
    def step(noise):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((generator(noise) - 5.0) ** 2)
        variables = generator.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)

    step(NOISE)
    generator.trainable = False
    before = generator.layers[-1].bias.numpy()
    step(NOISE)
    truth = bool(np.any(generator.layers[-1].bias.numpy() != before))
    expect.prediction(answers.MOVES_WHEN_FROZEN, truth, called="MOVES_WHEN_FROZEN")


def test_switched_off_and_on():
    """3. A network with a frozen layer, switched off and on.

    Ask for which layers the switch of a network is meant.
    """
    discriminator = network()
    discriminator.layers[0].trainable = False
    discriminator.trainable = False
    discriminator.trainable = True
    truth = len(discriminator.trainable_variables)
    expect.prediction(answers.SWITCHED_OFF_AND_ON, truth, called="SWITCHED_OFF_AND_ON")


def test_a_recipe_of_old_guides():
    """4. A discriminator that is compiled, frozen and stacked.

    Ask when Keras 3 reads the switch: in compile, or in the step.
    """
    generator, discriminator = network(), network()
    eagerly = {"loss": "mse", "run_eagerly": True}  # quicker than a trace
    discriminator.compile(keras.optimizers.SGD(0.1), **eagerly)
    discriminator.trainable = False
    stack = keras.Sequential([keras.Input([1]), generator, discriminator])
    stack.compile(keras.optimizers.SGD(0.1), **eagerly)
    before = [each.layers[-1].bias.numpy() for each in (generator, discriminator)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        discriminator.train_on_batch(2.0 * NOISE, tf.ones([3, 1]))
        stack.train_on_batch(NOISE, tf.ones([3, 1]))
    after = [each.layers[-1].bias.numpy() for each in (generator, discriminator)]
    truth = [bool(np.any(one != other)) for one, other in zip(before, after, strict=True)]
    expect.prediction(answers.RECIPE_MOVES, truth, called="RECIPE_MOVES")


def test_noise_in_a_compiled_step():
    """5. Three ways to draw noise in a compiled function.

    For each of them, ask who draws, and what it remembers from one call to the next.
    """

    @tf.function
    def draw():
        return (
            tf.constant(np.random.normal(size=[2])),
            tf.random.normal([2]),
            keras.random.normal([2], seed=7),
        )

    draws = [draw() for _ in range(5)]
    truth = [len({tuple(each[i].numpy()) for each in draws}) for i in range(3)]
    expect.prediction(answers.DIFFERENT_NOISE, truth, called="DIFFERENT_NOISE")


def test_a_gradient_penalty():
    """6. A penalty on the slopes of the discriminator.

    Ask what the outer tape has recorded, and what it has not.
    """
    discriminator, images = network(), 2.0 * NOISE
    with tf.GradientTape() as tape, tf.GradientTape() as inner:
        inner.watch(images)
        logits = discriminator(images)
    slopes = inner.gradient(logits, images)
    penalty = tf.reduce_mean((tf.abs(slopes) - 1.0) ** 2)
    gradient = tape.gradient(penalty, discriminator.trainable_variables)[0]
    truth = "none"
    if gradient is not None:
        truth = "not zero" if np.any(gradient.numpy()) else "zero"
    expect.prediction(
        answers.PENALTY_GRADIENT,
        truth,
        called="PENALTY_GRADIENT",
        among=("none", "zero", "not zero"),
    )


def test_what_changes_in_the_critic():
    """7. What a step of the generator leaves behind in its critic.

    Weights are changed by optimizers, and by whoever else writes to them.
    """
    dense, norm = keras.layers.Dense(1), keras.layers.BatchNormalization()
    generator, critic = network(), keras.Sequential([keras.Input([1]), norm, dense])
    kernel, mean = dense.kernel.numpy(), norm.moving_mean.numpy()
    with tf.GradientTape() as tape:
        fakes = generator(NOISE * tf.constant([[1.0], [2.0], [4.0]]), training=True)
        loss = tf.reduce_mean(tf.nn.softplus(-critic(fakes, training=True)))
    variables = generator.trainable_variables
    keras.optimizers.SGD(0.1).apply(tape.gradient(loss, variables), variables)
    truth = [
        bool(np.any(dense.kernel.numpy() != kernel)),
        bool(np.any(norm.moving_mean.numpy() != mean)),
    ]
    expect.prediction(answers.CRITIC_CHANGES, truth, called="CRITIC_CHANGES")
