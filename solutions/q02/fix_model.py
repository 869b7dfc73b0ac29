"""Mend the network: the same layers, with gradients that arrive."""

import keras


def build_classifier(depth: int = 12, units: int = 32) -> keras.Model:
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        # The slope of ReLU is 1 where it is not 0; He's initialization makes up for the zeros.
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(1))
    return model
