"""A Lambda layer computes the distance: a file with code in it is not loaded unasked.

breaks: "`load_model` needs only the path of the file"
fails: test_a_saved_model_has_one_encoder
"""

import keras
from keras import ops


def distance(codes):
    a, b = codes
    squared = ops.sum(ops.square(a - b), axis=1, keepdims=True)
    return ops.sqrt(ops.maximum(squared, 1e-9))


def distance_model(encoder):
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    return keras.Model(
        [a, b], keras.layers.Lambda(lambda codes: distance(codes))([encoder(a), encoder(b)])
    )
