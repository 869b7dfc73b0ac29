"""The config has the dtype of the weights, and a policy may be more than that.

breaks: "SubclassNet takes what every keras.Model takes: name, trainable, dtype"
fails: test_what_every_model_takes
"""

import keras
import numpy as np
from keras import layers


def sequential_net(features, hidden, classes):
    model = keras.Sequential([layers.Dense(units, activation="relu") for units in hidden])
    model.add(layers.Dense(classes, activation="softmax"))
    model(np.zeros((1, features), "float32"))
    return model


def functional_net(features, hidden, classes):
    inputs = keras.Input(shape=(features,), dtype="float32")
    outputs = inputs
    for units, activation in [*((n, "relu") for n in hidden), (classes, "softmax")]:
        outputs = layers.Dense(units, activation=activation)(outputs)
    return keras.Model([inputs], [outputs])


class SubclassNet(keras.Model):
    def __init__(self, features, hidden, classes, **kwargs):
        super().__init__(**kwargs)
        self.features = features
        self.hidden = hidden
        self.classes = classes
        self.steps = [layers.Dense(n, "relu") for n in hidden] + [layers.Dense(classes, "softmax")]
        self(np.zeros((1, features), "float32"))

    def call(self, inputs):
        for step in self.steps:
            inputs = step(inputs)
        return inputs

    def get_config(self):
        return {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": self.dtype,
            "features": self.features,
            "hidden": list(self.hidden),
            "classes": self.classes,
        }
