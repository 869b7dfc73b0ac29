"""A function of keras.ops in an Activation: the file has its name, under which Keras finds activations only.

breaks: "`keras.models.load_model(path)` loads it in safe mode"
fails: test_loads_in_safe_mode
"""

import keras


def build_model():
    amounts = keras.Input([3])
    logarithms = keras.layers.Activation(keras.ops.log1p)(amounts)
    return keras.Model(amounts, keras.layers.Dense(1)(logarithms))
