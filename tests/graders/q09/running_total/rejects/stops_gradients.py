"""So that the total stays out of training, the output is cut off from the input.

breaks: "gradients pass through"
fails: test_the_input_is_handed_on
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
        self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return tf.stop_gradient(inputs)

    def reset(self):
        self.total.assign(0.0)
