"""A GAN as a Keras model: `fit` does everything around the step."""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf


class GAN(keras.Model):
    """A generator and a discriminator that `fit` trains against each other.

    gan = GAN(generator, discriminator, noise_dim=8)
    gan.compile(g_optimizer, d_optimizer, g_loss, d_loss)
    gan.fit(images, batch_size=32, epochs=10)

    Each batch of real images is one step, as in `gan_step`: both networks run with
    `training=True`, each learns from its own loss and its own penalties, through its own
    optimizer, what is frozen stays as it is, and both gradients belong to the weights before the
    step.

    The noise of a step has as many rows as the batch has images; its float32 numbers are drawn
    anew, in every step, from the standard normal distribution.

    `fit` reports "g_loss" and "d_loss" to its callbacks and in its history: for each epoch, the
    mean over the examples of that epoch, so that the loss of a small last batch counts less. At
    the end of a batch, callbacks see the mean over the epoch so far.
    """

    def __init__(
        self, generator: keras.Model, discriminator: keras.Model, noise_dim: int, **kwargs: Any
    ) -> None:
        """Take the networks.

        Args:
            generator: from noise of shape [rows, noise_dim] to images; its weights are built.
            discriminator: from images to logits; its weights are built.
            noise_dim: how many numbers make one row of noise.
            **kwargs: the other arguments of `keras.Model`.
        """
        raise NotImplementedError

    def compile(
        self,
        g_optimizer: keras.optimizers.Optimizer,
        d_optimizer: keras.optimizers.Optimizer,
        g_loss: Callable[[tf.Tensor], tf.Tensor],
        d_loss: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
        **kwargs: Any,
    ) -> None:
        """Take what training needs.

        Args:
            g_optimizer: the generator's.
            d_optimizer: the discriminator's; never the same object.
            g_loss: a scalar of the logits of the fakes.
            d_loss: a scalar of the logits of the real images and those of the fakes.
            **kwargs: other arguments of `keras.Model.compile`, such as run_eagerly, which mean
                what they mean there. Unless told otherwise, `fit` compiles the step.
        """
        raise NotImplementedError

    def call(self, noise: tf.Tensor, training: bool = False) -> tf.Tensor:
        """The generator's images for this noise; so `predict` makes images, too."""
        raise NotImplementedError

    def train_step(self, real: tf.Tensor) -> dict[str, tf.Tensor]:
        """Take one step; Keras calls this for every batch.

        Args:
            real: a batch of real images, with any number of rows.

        Returns:
            What `fit` reports, under the names "g_loss" and "d_loss".
        """
        raise NotImplementedError
