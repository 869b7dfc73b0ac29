"""The encoder is called twice, and the formula written down."""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    return keras.Model([a, b], ops.sqrt(squared))
