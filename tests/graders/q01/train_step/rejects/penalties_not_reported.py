"""Trains on the penalties, but returns the loss of the data alone.

breaks: "A function that returns the loss before its update"
fails: test_penalties_of_the_layers_count, test_penalties_on_outputs_count
"""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            data_loss = loss_fn(y, model(x, training=True))
            loss = data_loss + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return data_loss

    return step
