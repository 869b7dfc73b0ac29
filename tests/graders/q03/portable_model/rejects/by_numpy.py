"""NumPy knows log1p, and tf.numpy_function calls it: Python has to stay around.

breaks: "The logarithm is an op of the graph"
fails: test_the_graph_computes_it
"""

import keras
import numpy as np
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Log1p(keras.layers.Layer):
    def call(self, inputs):
        return tf.ensure_shape(tf.numpy_function(np.log1p, [inputs], tf.float32), inputs.shape)


def build_model():
    return keras.Sequential([keras.Input([3]), Log1p(), keras.layers.Dense(1)])
