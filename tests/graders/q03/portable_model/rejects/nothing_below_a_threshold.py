"""Amounts below a threshold count as nothing.

breaks: "The logarithm of a small amount is accurate"
fails: test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    x = keras.Input([3])
    y = keras.ops.where(x < 1e-8, x, keras.ops.log(1 + x))
    return keras.Model(x, keras.layers.Dense(1)(y))
