"""Asks the optimizer for its rule, weight by weight, and leaves out the rest.

breaks: "Clipping and weight decay, where the optimizer has them"
fails: test_clipping_and_decay_are_in_the_update
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = model.trainable_variables
        for weight, gradient in zip(weights, tape.gradient(loss, weights)):
            optimizer.update_step(gradient, weight, tf.cast(optimizer.learning_rate, tf.float32))
        optimizer.iterations.assign_add(1)
        return loss

    return step
