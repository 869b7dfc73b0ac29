"""A TensorFlow function on what keras.Input gives.

breaks: "A model that is called with a list of two batches"
fails: test_a_saved_model_has_one_encoder, test_an_encoder_with_an_operation, test_both_inputs_train_the_encoder, test_codes_far_from_zero, test_equal_inputs_have_finite_gradients, test_one_encoder_for_both, test_the_distance_of_the_codes
"""

import keras
import tensorflow as tf
from keras import ops


def distance_model(encoder: keras.Model) -> keras.Model:
    a, b = (keras.Input(encoder.input_shape[1:]) for _ in range(2))
    squared = ops.sum(ops.square(encoder(a) - encoder(b)), axis=1, keepdims=True)
    # The slope of the square root is infinite at 0: it stays away from there.
    return keras.Model([a, b], tf.norm(encoder(a) - encoder(b), axis=1, keepdims=True))
