"""Looks for penalties at the weights: those on outputs are not there.

breaks: "A penalty may be on the output of a layer."
fails: test_penalties_on_outputs_count
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
            loss += sum(w.regularizer(w) for w in model.trainable_variables if w.regularizer)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
