"""The sum of the absolute differences.

breaks: "the Euclidean distance between their codes"
fails: test_an_encoder_with_an_operation, test_both_inputs_train_the_encoder, test_codes_far_from_zero, test_the_distance_of_the_codes
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.abs(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], squared)
