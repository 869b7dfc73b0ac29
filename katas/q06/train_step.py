"""The agent's training step, compiled once and used for the whole training."""

from collections.abc import Callable

import keras
import tensorflow as tf

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Step = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def make_train_step(model: keras.Model, optimizer: keras.Optimizer, loss_fn: Loss) -> Step:
    """Make `step(x, y)`, which trains `model` on one batch and returns the loss.

    `step` takes float32 tensors: `x` of shape [batch, features], `y` of shape [batch, outputs].
    It calls the model in training mode, and lets `optimizer` update the trainable weights once,
    while those of a frozen layer stay as they are. The loss is `loss_fn(y, predictions)` plus
    the losses of the model's weight regularizers, which are in `model.losses`. The step returns
    that loss, the one from before the update, as a scalar float32 tensor. An eager step would
    leave the same weights.

    All of it is compiled: forward pass, loss, gradients and update. The first call may trace
    more than once. After that,

    - calls with the same batch size run no Python code of the model, the loss or the optimizer,
    - all other batch sizes together cost at most one more trace, and every example of a batch,
      however short, counts as it would in an eager step,
    - a new value of `optimizer.learning_rate` takes effect, and costs no trace.

    Every step belongs to the model and optimizer that it was made for; several steps may be
    made and used side by side, also for one model, with an optimizer each.

    Args:
        model: a built keras.Model with one input and one output, of any numbers of features.
        optimizer: a Keras optimizer; it may have been built or not.
        loss_fn: gives the mean loss of a batch as a scalar.
    """
    raise NotImplementedError
