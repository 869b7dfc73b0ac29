"""Gives the output to the loss function first, as many libraries do.

breaks: "The loss is `loss_fn(y, output)`"
fails: test_steps_are_those_of_eager_mode
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(model(x, training=True), y) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
