"""The penalties are trained on, but what is returned is the loss of the data alone.

fails: test_penalties_of_the_layers_count
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
