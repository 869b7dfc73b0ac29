"""Each layer of the model is asked if it is frozen, but not the layers of a model within.

breaks: "The weights of frozen layers"
fails: test_frozen_layers_stay
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    trained = [layer for layer in model.layers if layer.trainable]

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = [weight for layer in trained for weight in layer.weights]
        gradients = tape.gradient(loss, weights)
        optimizer.apply(gradients, weights)
        return loss

    return step
