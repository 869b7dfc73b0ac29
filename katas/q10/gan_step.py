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
    """Make the training step of a generator and a discriminator.

    >>> def network(weight):
    ...     start = keras.initializers.Constant(weight)
    ...     dense = keras.layers.Dense(1, use_bias=False, kernel_initializer=start)
    ...     return keras.Sequential([keras.Input([1]), dense])
    >>> def g_loss(fake_logits):
    ...     return -tf.reduce_mean(fake_logits)
    >>> def d_loss(real_logits, fake_logits):
    ...     return tf.reduce_mean(fake_logits) - tf.reduce_mean(real_logits)
    >>> generator, discriminator = network(2.0), network(1.0)
    >>> optimizers = keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1)
    >>> step = make_step(generator, discriminator, *optimizers, g_loss, d_loss)
    >>> losses = step(tf.constant([[5.0]]), tf.constant([[1.0]]))  # real, noise
    >>> float(losses["g_loss"]), float(losses["d_loss"])
    (-2.0, -3.0)
    >>> [round(network.get_weights()[0].item(), 4) for network in (generator, discriminator)]
    [2.1, 1.3]

    The networks are built, and the optimizers are not. In how many calls you run the networks is
    up to you. Nobody sets a `trainable` after the step was made.

    Returns:
        `step(real, noise)`, which returns {"g_loss": …, "d_loss": …}, two float32 scalars.

        - The generator moves by the gradient of `g_loss(fake_logits)`, through `g_optimizer`.
        - The discriminator moves by the gradient of `d_loss(real_logits, fake_logits)`, through
          `d_optimizer`.
        - Losses and gradients belong to the weights before the step.
        - Both networks run with `training=True`.
        - The batches `real` and `noise` may have different sizes, and others in the next call.
        - Called again with the same shapes, the step runs no Python code of the networks.
        - Several pairs of networks, each with its own optimizers, have steps in one process.

    Beyond the idea:
        - The penalties in each network's `losses` are part of its own loss, in what is returned as
          well.
        - A layer that is frozen when the step is made does not move, at whatever depth it is.
        - If one network is frozen as a whole, the other one learns.
        - The step sets no `trainable`, not even for a while.
    """
    raise NotImplementedError
