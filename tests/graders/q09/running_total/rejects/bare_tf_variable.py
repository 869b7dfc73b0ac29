"""The usual repair: a tf.Variable with assign_add. It counts, but Keras does not know about it,
every tape watches it, and it takes float32 only.

fails: test_calls_add_up, test_the_total_is_not_trained, test_a_saved_model_keeps_its_total, test_the_total_is_computed_in_float32
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.Variable(0.0)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs))
        return inputs

    def reset(self):
        self.total.assign(0.0)
