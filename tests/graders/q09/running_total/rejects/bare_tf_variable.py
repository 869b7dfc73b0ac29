"""The usual repair, a tf.Variable with assign_add, counts. But Keras does not know about it,
every tape watches it, and it takes float32 only.

breaks: "neither trained nor watched", "A model's `.weights.h5` and `.keras` files have it"
fails: test_the_total_is_not_trained, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_integers_are_added, test_the_total_is_computed_in_float32, test_arguments_of_every_layer
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
