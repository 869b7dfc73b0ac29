"""The error message's advice is taken; then the bytecode runs, and knows no global names.

breaks: "`keras.models.load_model(path)` loads it in safe mode", "Safe mode stays on"
fails: test_loads_in_safe_mode, test_safe_mode_stays_on
"""

import keras
import tensorflow as tf


def build_model():
    keras.config.enable_unsafe_deserialization()
    return keras.Sequential(
        [
            keras.Input([3]),
            keras.layers.Lambda(lambda x: tf.math.log1p(x)),
            keras.layers.Dense(1),
        ]
    )
