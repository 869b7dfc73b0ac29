"""The distances are a vector, [batch].

breaks: "float32, [batch, 1]"
fails: test_an_encoder_with_an_operation, test_codes_far_from_zero, test_the_distance_of_the_codes
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-9)))
