"""keras.ops.norm, which is the square root of the sum of squares.

breaks: "Where two codes are equal, all gradients are finite"
fails: test_equal_inputs_have_finite_gradients
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.norm(encoder(a) - encoder(b), axis=1, keepdims=True))
