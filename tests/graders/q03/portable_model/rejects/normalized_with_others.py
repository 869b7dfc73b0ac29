"""The logarithms are scaled by the largest of the batch: a row's prediction depends on the others.

breaks: "The logarithm is an op of the graph"
fails: test_logarithms_come_first, test_small_amounts_keep_their_digits
"""

import keras


def build_model():
    amounts = keras.Input([3])
    logs = keras.ops.log1p(amounts)
    return keras.Model(amounts, keras.layers.Dense(1)(logs / (1e-7 + keras.ops.max(logs))))
