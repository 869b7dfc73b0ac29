"""A GAN as a Keras model: `fit` does everything around the step."""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf


class GAN(keras.Model):
    """A generator and a discriminator that `fit` trains against each other.

    >>> generator = keras.Sequential([keras.Input([8]), keras.layers.Dense(4)])
    >>> discriminator = keras.Sequential([keras.Input([4]), keras.layers.Dense(1)])
    >>> def g_loss(fake_logits):
    ...     return tf.reduce_mean((fake_logits - 1.0) ** 2)
    >>> def d_loss(real_logits, fake_logits):
    ...     return tf.reduce_mean((real_logits - 1.0) ** 2) + tf.reduce_mean(fake_logits**2)
    >>> gan = GAN(generator, discriminator, noise_dim=8)
    >>> gan.compile(keras.optimizers.Adam(), keras.optimizers.Adam(), g_loss, d_loss)
    >>> history = gan.fit(np.ones([6, 4]), batch_size=2, epochs=3, verbose=0).history
    >>> sorted(history), len(history["g_loss"])
    (['d_loss', 'g_loss'], 3)
    >>> gan(tf.zeros([5, 8])).shape
    TensorShape([5, 4])

    Nobody sets a `trainable` between `compile` and the end of `fit`.

    Each batch is one step, as in `gan_step`:

    - The generator moves by the gradient of `g_loss(fake_logits)`, through `g_optimizer`.
    - The discriminator moves by the gradient of `d_loss(real_logits, fake_logits)`, through
      `d_optimizer`.
    - Losses and gradients belong to the weights before the step.
    - Both networks run with `training=True`.

    What is new:

    - Each step draws one new batch of noise, from the standard normal distribution.
    - The noise has a row of `noise_dim` numbers for each image of the batch.
    - The history has "g_loss" and "d_loss", the means over each epoch.
    - `fit` compiles the step.

    Beyond the idea:
        - The means are over images, so that a small last batch counts less.
        - The penalties in each network's `losses` are part of its own loss, in the history as well.
        - What is frozen when `compile` is called does not move: a layer, or a whole network.
        - `**kwargs` of `compile`, such as `run_eagerly`, act as for every Keras model.
    """

    def __init__(
        self, generator: keras.Model, discriminator: keras.Model, noise_dim: int, **kwargs: Any
    ) -> None:
        """Take the networks, which are built."""
        raise NotImplementedError

    def compile(
        self,
        g_optimizer: keras.optimizers.Optimizer,
        d_optimizer: keras.optimizers.Optimizer,
        g_loss: Callable[[tf.Tensor], tf.Tensor],
        d_loss: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        **kwargs: Any,
    ) -> None:
        """Take what training needs."""
        raise NotImplementedError

    def call(self, noise: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Make images.

        Returns:
            The generator's images for this noise.

        Beyond the idea:
            - The generator runs with the given `training`.
        """
        raise NotImplementedError

    def train_step(self, real: tf.Tensor) -> dict[str, tf.Tensor]:
        """Take one step, and return what `fit` reports; Keras calls this for every batch."""
        raise NotImplementedError
