"""The logarithm comes last, of what the Dense layer gives.

breaks: "The Dense layer has one unit, a bias and no activation"
fails: test_logarithms_come_first, test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.ops.log1p(keras.layers.Dense(1)(amounts)))
