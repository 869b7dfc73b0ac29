"""The second branch gets a copy of the encoder, with the same numbers.

breaks: "The model has the weights of the encoder, and no others"
fails: test_both_inputs_train_the_encoder, test_one_encoder_for_both
"""

import keras
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    copy = keras.models.clone_model(encoder)
    copy.name = encoder.name + "_copy"
    copy.set_weights(encoder.get_weights())
    squared = ops.sum(ops.square(encoder(a) - copy(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], ops.sqrt(ops.maximum(squared, 1e-9)))
