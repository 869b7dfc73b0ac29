"""`self.total = self.total + ...` binds an attribute to a new tensor, as in the broken layer of
the story. While a graph is traced, that tensor is a symbolic one.

breaks: "Every call counts", "Building a model counts nothing"
fails: test_a_compiled_function_adds_up, test_fit_and_predict_add_up, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_reset_reaches_compiled_functions
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.zeros(())

    def call(self, inputs):
        self.total = self.total + tf.reduce_sum(tf.cast(inputs, tf.float32))
        return inputs

    def reset(self):
        self.total = tf.zeros(())
