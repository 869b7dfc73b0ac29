"""Amounts above a thousand count as a thousand: outliers, it is said.

fails: test_logarithms_come_first
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(
        amounts, keras.layers.Dense(1)(keras.ops.log1p(keras.ops.minimum(amounts, 1000.0)))
    )
