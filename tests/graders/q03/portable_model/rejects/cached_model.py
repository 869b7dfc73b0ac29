"""The model is made once and kept, since building takes time.

breaks: "Each call builds a model with weights of its own"
fails: test_every_model_has_its_own_weights
"""

import functools

import keras


@functools.cache
def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(keras.ops.log1p(amounts)))
