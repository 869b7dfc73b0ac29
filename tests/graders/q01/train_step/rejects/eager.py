"""Gives the right numbers, and was never compiled.

breaks: "runs no Python code of the model or of `loss_fn`"
fails: test_python_runs_only_while_tracing
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
