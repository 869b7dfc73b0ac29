"""A tf.Variable in an attribute is taken for a weight of the layer: Keras 3 does not track it.

breaks: "A model's `.weights.h5` and `.keras` files have it"
fails: test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.Variable(0.0, trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
