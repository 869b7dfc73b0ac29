"""A layer of one's own, which is taken to be enough; but the file has no more than its name.

breaks: "`keras.models.load_model(path)` loads it in safe mode"
fails: test_loads_in_safe_mode
"""

import keras
import tensorflow as tf


class Log1p(keras.layers.Layer):
    def call(self, inputs):
        return tf.math.log1p(inputs)

    def get_config(self):
        return super().get_config()


def build_model():
    return keras.Sequential([keras.Input([3]), Log1p(), keras.layers.Dense(1)])
