"""GELU with layer normalization, as in a transformer."""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.LayerNormalization())
        model.add(keras.layers.Activation("gelu"))
        model.add(keras.layers.Dropout(0.1))
    model.add(keras.layers.Dense(1))
    return model
