"""The sum is left to a Keras metric, which fit starts anew for every epoch and no file keeps.

breaks: "Every call counts"
fails: test_fit_and_predict_add_up, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_the_total_is_computed_in_float32
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sum = keras.metrics.Sum(dtype="float32")

    @property
    def total(self):
        return self.sum.result()

    def call(self, inputs):
        self.sum.update_state(tf.cast(inputs, tf.float32))
        return inputs

    def reset(self):
        self.sum.reset_state()
