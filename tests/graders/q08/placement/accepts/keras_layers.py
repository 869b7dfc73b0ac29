"""Keras layers, built and called under scopes, an optimizer for each stage."""

import keras
import tensorflow as tf


class TwoStage:
    def __init__(self, devices, weights):
        self.devices, self.layers, self.optimizers = devices, [], []
        for device, kernel, bias, activation in zip(
            devices, weights[::2], weights[1::2], ["relu", None]
        ):
            with tf.device(device):
                layer = keras.layers.Dense(kernel.shape[1], activation=activation)
                layer.build((None, kernel.shape[0]))
                layer.set_weights([kernel, bias])
                optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
                optimizer.build(layer.trainable_variables)
            self.layers.append(layer)
            self.optimizers.append(optimizer)

    @property
    def trainable_variables(self):
        return self.layers[0].trainable_variables + self.layers[1].trainable_variables

    def stage(self, i, x):
        with tf.device(self.devices[i]):
            return self.layers[i](x)

    def __call__(self, x):
        return self.stage(1, self.stage(0, x))

    @tf.function
    def train_step(self, x, y):
        one, two = self.layers[0].trainable_variables, self.layers[1].trainable_variables
        with tf.GradientTape(persistent=True) as tape:
            h = self.stage(0, x)
            with tf.device(self.devices[1]):
                loss = tf.reduce_mean(tf.square(self.stage(1, h) - y))
        with tf.device(self.devices[1]):
            dh, dw, db = tape.gradient(loss, [h, *two])
            self.optimizers[1].apply([dw, db], two)
        with tf.device(self.devices[0]):
            self.optimizers[0].apply(tape.gradient(h, one, dh), one)
        return loss
