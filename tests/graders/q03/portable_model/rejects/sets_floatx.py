"""The call sets the float type of all of Keras.

breaks: "The call changes no setting of Keras"
fails: test_settings_stay
"""

import keras


def build_model():
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    x = keras.Input([3])
    y = keras.ops.log1p(x)
    return keras.Model(x, keras.layers.Dense(1)(y))
