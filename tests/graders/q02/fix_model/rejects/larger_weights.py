"""Weights four times as large make up for the slope of a sigmoid, but not twenty times.

breaks: "at least a thousandth of the last one's"
fails: test_gradients_reach_the_first_layer
"""

import keras


def build_classifier(depth=12, units=32):
    init = keras.initializers.VarianceScaling(16.0, "fan_avg")
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="sigmoid", kernel_initializer=init))
    model.add(keras.layers.Dense(1))
    return model
