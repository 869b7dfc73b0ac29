"""The Dense layer has no bias, since the logarithm of nothing is 0.

breaks: "`model.weights` are its kernel and its bias"
fails: all
"""

import keras


def build_model():
    amounts = keras.Input([3])
    outputs = keras.layers.Dense(1, use_bias=False)(keras.ops.log1p(amounts))
    return keras.Model(amounts, outputs)
