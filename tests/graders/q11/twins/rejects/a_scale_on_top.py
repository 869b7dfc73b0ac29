"""A layer with weights of its own comes after the distance: it starts as the identity.

breaks: "The model has the weights of the encoder, and no others"
fails: test_one_encoder_for_both
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model(
        [a, b],
        keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")(
            ops.sqrt(ops.maximum(squared, 1e-9))
        ),
    )
