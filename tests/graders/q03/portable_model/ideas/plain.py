"""The formula as it is written, in operations of Keras."""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(keras.ops.log(1.0 + amounts)))
