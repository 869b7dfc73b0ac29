"""A Lambda around a Python lambda: safe mode refuses to run its bytecode.

breaks: "`keras.models.load_model(path)` loads it in safe mode"
fails: test_loads_in_safe_mode
"""

import keras
import tensorflow as tf


def build_model():
    return keras.Sequential(
        [
            keras.Input([3]),
            keras.layers.Lambda(lambda x: tf.math.log1p(x)),
            keras.layers.Dense(1),
        ]
    )
