"""Both branches share one encoder, but it is a copy of the one that was given.

breaks: "The model has the weights of the encoder, and no others"
fails: test_one_encoder_for_both, test_both_inputs_train_the_encoder
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    original = encoder
    encoder = keras.models.clone_model(original)
    encoder.set_weights(original.get_weights())
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-9)))
