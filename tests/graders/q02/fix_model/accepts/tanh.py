"""tanh, whose slope is 1 at 0, with the initialization that was made for it."""

import keras


def build_classifier(depth=12, units=32):
    hidden = [keras.layers.Dense(units, "tanh") for _ in range(depth)]
    return keras.Sequential([keras.Input([20]), *hidden, keras.layers.Dense(1)])
