"""Gradients come from one branch only, as when a network is trained towards a target.

breaks: "Both inputs train the encoder"
fails: test_both_inputs_train_the_encoder
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - ops.stop_gradient(encoder(b))), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-9)))
