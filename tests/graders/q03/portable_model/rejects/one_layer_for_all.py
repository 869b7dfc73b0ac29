"""The Dense layer is made once, in the module: all models share its weights.

breaks: "Each call builds a model with weights of its own"
fails: test_every_model_has_its_own_weights
"""

import keras

DENSE = keras.layers.Dense(1)


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, DENSE(keras.ops.log1p(amounts)))
