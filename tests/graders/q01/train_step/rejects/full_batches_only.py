"""Leaves out a batch that is smaller than the first, because it would cost a trace.

breaks: "n may differ from call to call."
fails: test_the_last_batch_may_be_smaller
"""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    rows = None

    @tf.function
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    def step(x, y):
        nonlocal rows
        rows = rows or len(x)
        return train(x, y) if len(x) >= rows else tf.constant(0.0)

    return step
