"""`trainable` is taken for a switch between training and use, and so frozen layers thaw.

breaks: "The weights of frozen layers"
fails: test_frozen_layers_stay
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    for layer in model.layers:
        layer.trainable = True

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
