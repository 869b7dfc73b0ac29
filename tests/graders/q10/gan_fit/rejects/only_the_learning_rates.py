"""Of the optimizers, only the learning rates are used: each step is plain gradient descent.

breaks: "through `g_optimizer`", "through `d_optimizer`"
fails: test_fit_trains_both_networks
"""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(
        self, generator: keras.Model, discriminator: keras.Model, noise_dim: int, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.noise_dim = noise_dim
        self.g_mean = keras.metrics.Mean(name="g_loss")
        self.d_mean = keras.metrics.Mean(name="d_loss")

    def compile(
        self,
        g_optimizer: keras.optimizers.Optimizer,
        d_optimizer: keras.optimizers.Optimizer,
        g_loss: Callable[[tf.Tensor], tf.Tensor],
        d_loss: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        **kwargs: Any,
    ) -> None:
        super().compile(**kwargs)
        self.g_optimizer = g_optimizer
        self.d_optimizer = d_optimizer
        self.g_loss = g_loss
        self.d_loss = d_loss

    def call(self, noise: tf.Tensor, training: bool = False) -> tf.Tensor:
        return self.generator(noise, training=training)

    def train_step(self, real: tf.Tensor) -> dict[str, tf.Tensor]:
        rows = tf.shape(real)[0]
        noise = tf.random.normal([rows, self.noise_dim])
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = self.discriminator(self.generator(noise, training=True), training=True)
            real_logits = self.discriminator(real, training=True)
            g_total = tf.add_n([self.g_loss(fake_logits), *self.generator.losses])
            d_total = tf.add_n([self.d_loss(real_logits, fake_logits), *self.discriminator.losses])
        g_variables = self.generator.trainable_variables
        d_variables = self.discriminator.trainable_variables
        g_gradients = g_tape.gradient(g_total, g_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)
        for optimizer, gradients, variables in (
            (self.g_optimizer, g_gradients, g_variables),
            (self.d_optimizer, d_gradients, d_variables),
        ):
            for variable, gradient in zip(variables, gradients, strict=True):
                variable.assign_sub(optimizer.learning_rate * gradient)

        self.g_mean.update_state(g_total, sample_weight=rows)
        self.d_mean.update_state(d_total, sample_weight=rows)
        return {"g_loss": self.g_mean.result(), "d_loss": self.d_mean.result()}
