"""The call sets the format of images for all of Keras.

breaks: "The call changes no setting of Keras"
fails: test_settings_stay
"""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="amounts")
class Log1p(keras.layers.Layer):
    def call(self, inputs):
        return tf.math.log1p(inputs)


def build_model() -> keras.Model:
    keras.config.set_image_data_format("channels_first")
    return keras.Sequential([keras.Input(shape=(3,)), Log1p(), keras.layers.Dense(1)])
