"""The functional model is taken out of a Sequential, and the subclass has a Sequential inside."""

import keras
import numpy as np
from keras import layers


def stack(features, hidden, classes):
    dense = [layers.Dense(units, "relu") for units in hidden]
    return keras.Sequential([keras.Input((features,)), *dense, layers.Dense(classes, "softmax")])


def sequential_net(features, hidden, classes):
    return stack(features, hidden, classes)


def functional_net(features, hidden, classes):
    sequential = stack(features, hidden, classes)
    return keras.Model(sequential.inputs[0], sequential.outputs[0])


class SubclassNet(keras.Model):
    def __init__(self, features, hidden, classes, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.arguments = dict(features=features, hidden=tuple(hidden), classes=classes)
        self.stack = stack(features, hidden, classes)

    def call(self, inputs, training=None):
        return self.stack(inputs, training=training)

    def get_config(self):
        return super().get_config() | dict(self.arguments)
