"""The step of a training loop, compiled; no thought of what layers add to the loss."""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss

    return step
