"""The two batches go through the encoder as one, which is one call of it."""

import keras
from keras import layers, ops


def distance_model(encoder):
    inputs = [keras.Input(encoder.input_shape[1:]) for _ in "ab"]
    codes = encoder(layers.Concatenate(axis=0)(inputs))
    a, b = ops.split(codes, 2, axis=0)
    squared = ops.sum((a - b) ** 2, axis=-1, keepdims=True)
    return keras.Model(inputs, ops.sqrt(squared + 1e-8))
