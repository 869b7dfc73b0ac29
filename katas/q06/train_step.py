"""The agent's training step, compiled once and used for the whole training."""

from collections.abc import Callable

import keras
import tensorflow as tf

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Step = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def make_train_step(model: keras.Model, optimizer: keras.Optimizer, loss_fn: Loss) -> Step:
    """Make `step(x, y)`, which trains `model` on one batch and returns the loss.

    >>> dense = keras.layers.Dense(1, kernel_initializer="ones", use_bias=False)
    >>> model = keras.Sequential([keras.Input((1,)), dense])
    >>> step = make_train_step(model, keras.optimizers.SGD(0.5), keras.losses.MeanSquaredError())
    >>> x, y = tf.constant([[1.0]]), tf.constant([[2.0]])
    >>> float(step(x, y)), float(step(x, y)), dense.kernel.numpy()
    (1.0, 0.0, array([[2.]], dtype=float32))

    `x` is float32 of shape [batch, features], and `y` of shape [batch, outputs]. The model is
    built, and has one input and one output. `loss_fn(y, predictions)` gives a scalar. The first
    call of the step may trace more than once.

    Returns:
        `step`, whose result is the loss of this batch before the update, a scalar float32 tensor.

        - The weights afterwards are those that an eager step would leave.
        - The model is called in training mode.
        - The weights of frozen layers, with `trainable=False`, stay as they are.
        - After the first call, the same batch size runs no Python code of model, loss or optimizer.
        - After the first call, all other batch sizes together cost at most one more trace.
        - A batch of any size trains as it is, with no example added or dropped.
        - A new `optimizer.learning_rate` takes effect without a trace.
        - Each step trains the model that it was made for, with its own optimizer.
        - That optimizer may be new, or go on from an earlier training.

    Beyond the idea:
        - The losses of the weight regularizers, `model.losses`, are part of the loss.
        - Several steps may share a model, with an optimizer each.
    """
    raise NotImplementedError
