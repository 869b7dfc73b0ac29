"""Trains with a copy of the optimizer, made from its config, so that nobody else can disturb it.

breaks: "The optimizer updates the trainable weights once, and counts the step."
fails: test_the_optimizer_does_the_update
"""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    own = type(optimizer).from_config(optimizer.get_config())

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = model.trainable_variables
        own.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
