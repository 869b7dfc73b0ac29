"""The inputs have the shape of the example.

breaks: "from [batch, ...] to [batch, code size]"
fails: test_the_distance_of_the_codes
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input([4]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-9)))
