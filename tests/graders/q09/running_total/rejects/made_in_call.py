"""A variable is made in every call: each starts at 0.

breaks: "Every call counts", "Functions that were compiled before start again, too"
fails: test_nan_stays_until_reset, test_calls_add_up, test_a_compiled_function_adds_up, test_the_graph_does_the_adding, test_fit_and_predict_add_up, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_the_total_is_computed_in_float32, test_reset_reaches_compiled_functions
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def call(self, inputs):
        self.total = tf.Variable(0.0, trainable=False)
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
