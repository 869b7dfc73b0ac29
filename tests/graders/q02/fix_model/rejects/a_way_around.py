"""A shortcut from the input to the output, with a matrix of its own.

breaks: "trainable matrices are those of `build_stuck`"
fails: test_all_layers_are_there
"""

import keras


def build_classifier(depth=12, units=32):
    inputs = keras.Input([20])
    x = keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")(inputs)
    for _ in range(depth - 1):
        x = keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")(x)
    around = keras.layers.Dense(units)(inputs)
    return keras.Model(inputs, keras.layers.Dense(1)(x + around))
