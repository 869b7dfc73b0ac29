"""The distance is a layer that Keras knows by name, written with TensorFlow."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("q11_twins")
class Distance(keras.layers.Layer):
    def call(self, codes):
        a, b = codes
        return tf.sqrt(tf.reduce_sum((a - b) ** 2, axis=1, keepdims=True) + 1e-8)


def distance_model(encoder):
    a = keras.Input(shape=encoder.inputs[0].shape[1:], name="a")
    b = keras.Input(shape=encoder.inputs[0].shape[1:], name="b")
    return keras.Model(inputs=[a, b], outputs=Distance()([encoder(a), encoder(b)]))
