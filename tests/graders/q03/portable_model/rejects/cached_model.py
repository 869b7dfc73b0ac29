"""The model is made once and kept, since building takes time.

fails: test_every_model_has_its_own_weights
"""

import functools

import keras


@functools.cache
def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(keras.ops.log1p(amounts)))
