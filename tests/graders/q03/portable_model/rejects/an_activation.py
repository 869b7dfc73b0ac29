"""The output is kept positive by an activation, which nobody asked for.

breaks: "The Dense layer has one unit, a bias and no activation"
fails: test_logarithms_come_first, test_the_graph_computes_it
"""

import keras


def build_model():
    amounts = keras.Input([3])
    outputs = keras.layers.Dense(1, activation="relu")(keras.ops.log1p(amounts))
    return keras.Model(amounts, outputs)
