"""The initializer is left to add_weight, whose default is a random number.

breaks: "from 0 on"
fails: test_calls_add_up, test_two_layers_keep_two_totals, test_a_compiled_function_adds_up, test_fit_and_predict_add_up, test_a_saved_model_keeps_its_total, test_any_shape, test_the_total_is_computed_in_float32, test_integers_are_added, test_reset_reaches_compiled_functions, test_arguments_of_every_layer
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(shape=(), dtype="float32", trainable=False, autocast=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
