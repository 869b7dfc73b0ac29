"""Batches are counted while a model is trained, as a metric of training would.

breaks: "Every call counts, made by you, a tf.function"
fails: test_a_compiled_function_adds_up, test_a_saved_model_keeps_its_total, test_a_weights_file_keeps_the_total, test_any_shape, test_arguments_of_every_layer, test_calls_add_up, test_fit_and_predict_add_up, test_integers_are_added, test_nan_stays_until_reset, test_reset_reaches_compiled_functions, test_the_total_is_computed_in_float32, test_two_layers_keep_two_totals
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(
            name="total",
            shape=(),
            initializer="zeros",
            dtype="float32",
            trainable=False,
            autocast=False,
        )

    def call(self, inputs, training=None):
        if training:
            self.total.assign_add(tf.reduce_sum(tf.cast(inputs, "float32")))
        return inputs

    def reset(self):
        self.total.assign(0.0)
