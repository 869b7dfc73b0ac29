"""A number is added under the root that is large enough to be seen.

breaks: "Distances are right to within 0.001, also if they are 0"
fails: test_codes_far_from_zero, test_equal_inputs_have_finite_gradients
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-3)))
