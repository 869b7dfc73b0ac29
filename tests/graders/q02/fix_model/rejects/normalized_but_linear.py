"""Batch normalization in place of the activations.

breaks: "No hidden layer is linear"
fails: test_no_hidden_layer_is_linear
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.BatchNormalization())
    model.add(keras.layers.Dense(1))
    return model
