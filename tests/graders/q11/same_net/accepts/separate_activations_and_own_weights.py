"""Activations as layers and as operations; a subclass without layers."""

import keras
import tensorflow as tf
from keras import layers, ops


def sequential_net(features, hidden, classes):
    model = keras.Sequential()
    for units in hidden:
        model.add(layers.Dense(units))
        model.add(layers.ReLU())
    model.add(layers.Dense(classes))
    model.add(layers.Softmax())
    model.build((None, features))
    return model


def functional_net(features, hidden, classes):
    inputs = keras.Input((features,))
    x = inputs
    for units in hidden:
        x = ops.relu(layers.Dense(units)(x))
    return keras.Model(inputs=inputs, outputs=ops.softmax(layers.Dense(classes)(x), axis=-1))


class SubclassNet(keras.Model):
    def __init__(self, features, hidden, classes, **kwargs):
        super().__init__(**kwargs)
        self.widths = [features, *hidden, classes]
        self.pairs = [
            (
                self.add_weight(shape=(n, units)),
                self.add_weight(shape=(units,), initializer="zeros"),
            )
            for n, units in zip(self.widths, self.widths[1:])
        ]

    def call(self, inputs):
        x = tf.convert_to_tensor(inputs)
        for kernel, bias in self.pairs[:-1]:
            x = tf.nn.relu(x @ kernel + bias)
        kernel, bias = self.pairs[-1]
        return tf.nn.softmax(x @ kernel + bias)

    def get_config(self):
        config = super().get_config()
        features, *hidden, classes = self.widths
        config.update(features=features, hidden=hidden, classes=classes)
        return config
