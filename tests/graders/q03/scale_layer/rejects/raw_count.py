"""The count is a tf.Variable in an attribute, which Keras 3 does not track.

breaks: "a scalar weight, which starts at 0 and is not trained"
fails: test_keras_knows_both_weights
"""

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.training_calls = tf.Variable(0, trainable=False)

    def call(self, inputs, training=False):
        if training:
            self.training_calls.assign_add(1)
        return inputs * self.gain
