"""Adds the penalties when the gradients are taken: reported, and not trained on.

breaks: "plus all penalties in `model.losses`"
fails: test_penalties_of_the_layers_count, test_penalties_on_outputs_count
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss + sum(model.losses)

    return step
