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
    """Make the training step of a pair of networks.

    The step runs the generator on the noise, and the discriminator on the real images and on the
    fakes, both networks with `training=True`; in how many calls is up to you. Then each network
    moves once:

    - the generator by the gradient of g_loss(fake logits), through `g_optimizer`;
    - the discriminator by the gradient of d_loss(real logits, fake logits), through
      `d_optimizer`.

    Both losses and both gradients belong to the weights before the step (a simultaneous update).
    Added to each network's loss are its own penalties, which Keras keeps in `network.losses`
    after a call, and none of the other's.

    What was frozen with `trainable = False` when the step was made stays as it is: a layer, also
    one of a model within the network, or a whole network, and then the other one learns alone.
    The step changes no `trainable` switch, not even for a while, and you may assume that nobody
    changes one after it was made.

    The step is compiled: once it was called with batches of some shapes, it does not run the
    Python code of the networks again for these shapes. Several steps for several pairs of
    networks, each with its own optimizers, work in one process, in any order of their calls.

    Args:
        generator: from noise to images, with its weights built.
        discriminator: from images to logits, with its weights built.
        g_optimizer: the generator's, not built yet.
        d_optimizer: the discriminator's, not built yet; never the same object.
        g_loss: a scalar of the logits of the fakes.
        d_loss: a scalar of the logits of the real images and those of the fakes.

    Returns:
        A function of a batch of real images and a batch of noise, both float32 tensors, with any
        number of rows each. It takes the step and returns {"g_loss": ..., "d_loss": ...}, two
        float32 scalars: the losses as they were minimised, penalties included.
    """
    raise NotImplementedError
