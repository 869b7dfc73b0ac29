"""A layer with trainable=False stops counting, as a frozen BatchNormalization stops measuring.

breaks: "Every call counts", "`**kwargs` act as in every Keras layer"
fails: test_arguments_of_every_layer
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
        if self.trainable:
            self.total.assign_add(tf.reduce_sum(tf.cast(inputs, "float32")))
        return inputs

    def reset(self):
        self.total.assign(0.0)
