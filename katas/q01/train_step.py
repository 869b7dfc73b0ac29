"""One training step: what a session did with a train_op, as a function of TF2."""

from collections.abc import Callable

import keras
import tensorflow as tf

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Step = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def make_train_step(model: keras.Model, loss_fn: Loss, optimizer: keras.Optimizer) -> Step:
    """Make `step(x, y)`, which trains `model` on one batch, in a graph.

    >>> dense = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
    >>> model = keras.Sequential([keras.Input([1]), dense])
    >>> loss_fn = lambda y, output: tf.reduce_mean((y - output) ** 2)
    >>> step = make_train_step(model, loss_fn, keras.optimizers.SGD(0.25))
    >>> x, y = tf.constant([[1.0]]), tf.constant([[3.0]])
    >>> float(step(x, y)), float(step(x, y)), float(dense.kernel[0, 0])
    (4.0, 1.0, 2.5)

    `model` is built, with one input and one output. `x` and `y` are float32 matrices of n rows.
    The tests compare all numbers with those of the same step in eager mode.

    Returns:
        A function that returns the loss before its update, as a scalar tensor or number.

        - The model runs in training mode.
        - The loss is `loss_fn(y, output)` plus all penalties in `model.losses`.
        - The optimizer updates the trainable weights once, and counts the step.
        - The other weights change only as the layers change them.
        - n may differ from call to call.
        - A batch of a shape that was seen before runs no Python code of the model or of `loss_fn`.
        - Several steps can be used side by side, each with a model and an optimizer of its own.

    Beyond the idea:
        - A penalty may be on the output of a layer.
        - The layers may be connected in any way.
        - Clipping and weight decay, where the optimizer has them, are a part of the update.
    """
    raise NotImplementedError
