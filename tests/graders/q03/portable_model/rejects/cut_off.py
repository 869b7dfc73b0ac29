"""The logarithm is taken for data and cut off from the gradient.

breaks: "gradients flow through it"
fails: test_the_graph_computes_it
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(
        amounts, keras.layers.Dense(1)(keras.ops.stop_gradient(keras.ops.log1p(amounts)))
    )
