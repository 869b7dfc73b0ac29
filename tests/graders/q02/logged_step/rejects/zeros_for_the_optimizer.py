"""A gradient that is None is made 0 for the optimizer.

breaks: "and is not moved"
fails: test_a_variable_without_a_gradient
"""

from collections.abc import Callable

import keras
import tensorflow as tf


def make_logged_step(
    model: keras.Model,
    loss_fn: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
    optimizer: keras.optimizers.Optimizer,
    writer: tf.summary.SummaryWriter,
) -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    variables = model.trainable_variables
    optimizer.build(variables)  # otherwise the first call would be traced twice

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
        pairs = list(zip(gradients, variables, strict=True))
        optimizer.apply([tf.zeros_like(v) if g is None else g for g, v in pairs], variables)
        # Entered inside of the function, the writer is part of its graph.
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients, strict=True):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
