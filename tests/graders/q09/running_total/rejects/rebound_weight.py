"""A weight was made, but `self.total = self.total + ...` puts a tensor in its place.

breaks: "Building a model counts nothing"
fails: test_a_compiled_function_adds_up, test_fit_and_predict_add_up, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_reset_reaches_compiled_functions
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )

    def call(self, inputs):
        self.total += tf.reduce_sum(tf.cast(inputs, tf.float32))
        return inputs

    def reset(self):
        self.total = tf.zeros(())
