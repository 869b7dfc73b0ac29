"""Takes a model for a list of layers, each called with the output of the one before.

breaks: "The layers may be connected in any way."
fails: test_layers_are_connected_as_the_model_says
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            output = x
            for layer in model.layers:
                if isinstance(layer, keras.layers.BatchNormalization):
                    output = layer(output, training=True)
                elif not isinstance(layer, keras.layers.InputLayer):
                    output = layer(output)
            loss = loss_fn(y, output) + sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return step
