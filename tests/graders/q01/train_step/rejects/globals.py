"""Keeps model and optimizer in globals, and the graph takes what is there when it is traced.

breaks: "each with a model and an optimizer of its own"
fails: test_each_step_has_a_model_of_its_own
"""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    global MODEL, OPTIMIZER
    MODEL, OPTIMIZER = model, optimizer

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, MODEL(x, training=True)) + sum(MODEL.losses)
        weights = MODEL.trainable_variables
        OPTIMIZER.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
