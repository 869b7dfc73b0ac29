"""Traced once, by hand, before the first call; after that there is nothing left to trace."""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    optimizer.build(model.trainable_variables)

    def forward(x, y):
        return loss_fn(y, model(x, training=True)) + sum(model.losses)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = forward(x, y)
        weights = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        return loss

    return step.get_concrete_function(
        tf.TensorSpec(model.inputs[0].shape, tf.float32),
        tf.TensorSpec(model.outputs[0].shape, tf.float32),
    )
