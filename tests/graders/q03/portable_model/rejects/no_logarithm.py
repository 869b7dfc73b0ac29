"""The logarithm is left out: what loads without trouble is another model.

breaks: "The logarithm is an op of the graph"
fails: test_logarithms_come_first, test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(amounts))
