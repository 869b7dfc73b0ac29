"""Calls the model as for a prediction, which is the default of a call.

breaks: "The model runs in training mode."
fails: test_steps_are_those_of_eager_mode
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x)) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
