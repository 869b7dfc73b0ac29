"""The encoder is asked for inference, which training=True overrides."""

import keras
from keras import ops


def distance_model(encoder):
    a = keras.Input(batch_shape=encoder.inputs[0].shape, dtype=encoder.inputs[0].dtype)
    b = keras.Input(batch_shape=encoder.inputs[0].shape, dtype=encoder.inputs[0].dtype)
    x, y = encoder(a, training=False), encoder(b, training=False)
    d = ops.sqrt(ops.maximum(ops.sum(ops.square(x - y), axis=-1, keepdims=True), 1e-12))
    return keras.Model([a, b], d)
