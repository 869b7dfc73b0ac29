"""The logarithm in base 2.

breaks: "The logarithm is an op of the graph"
fails: test_logarithms_come_first, test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(
        amounts, keras.layers.Dense(1)(keras.ops.log1p(amounts) / keras.ops.log(2.0))
    )
