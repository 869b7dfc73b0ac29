"""Safe mode is turned off, as an error message had advised; a registered function needs none of it.

breaks: "Safe mode stays on"
fails: test_safe_mode_stays_on
"""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
def log1p(x):
    return tf.math.log1p(x)


def build_model():
    keras.config.enable_unsafe_deserialization()
    return keras.Sequential(
        [
            keras.Input([3]),
            keras.layers.Lambda(log1p),
            keras.layers.Dense(1),
        ]
    )
