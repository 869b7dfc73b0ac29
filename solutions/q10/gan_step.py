"""One step in which two networks learn, each from its own loss."""

from collections.abc import Callable

import keras
import tensorflow as tf


def make_step(
    generator: keras.Model,
    discriminator: keras.Model,
    g_optimizer: keras.optimizers.Optimizer,
    d_optimizer: keras.optimizers.Optimizer,
    g_loss: Callable[[tf.Tensor], tf.Tensor],
    d_loss: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
) -> Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]]:
    g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables

    @tf.function
    def step(real: tf.Tensor, noise: tf.Tensor) -> dict[str, tf.Tensor]:
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        g_gradients = g_tape.gradient(g_total, g_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)
        g_optimizer.apply(g_gradients, g_variables)
        d_optimizer.apply(d_gradients, d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
