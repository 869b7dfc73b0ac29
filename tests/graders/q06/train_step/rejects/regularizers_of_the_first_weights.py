"""The losses of regularizers are computed once, when the step is made.

breaks: "are part of the loss"
fails: test_regularizers_count
"""

from collections.abc import Callable

import keras
import tensorflow as tf

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Step = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def make_train_step(model: keras.Model, optimizer: keras.Optimizer, loss_fn: Loss) -> Step:
    """Make `step(x, y)`, which trains `model` on one batch and returns the loss.

    The tf.function is made here and not in the module: each model gets graphs of its own.
    """
    # Variables first: otherwise the optimizer makes its own in the first call, which then
    # has to be traced twice.
    penalties = sum(model.losses)
    optimizer.build(model.trainable_variables)

    # The second batch size that it meets makes a graph for all of them.
    @tf.function(reduce_retracing=True)
    def step(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + penalties
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
