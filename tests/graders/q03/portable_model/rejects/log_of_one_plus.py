"""log(1 + x), as it is written in the formula.

breaks: "The logarithm of a small amount is accurate"
fails: test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(keras.ops.log(1.0 + amounts)))
