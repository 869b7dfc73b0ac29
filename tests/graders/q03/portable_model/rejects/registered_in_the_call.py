"""The function is registered in build_model, which a process that loads does not call.

breaks: "`keras.models.load_model(path)` loads it in safe mode"
fails: test_loads_in_safe_mode
"""

import keras


def build_model():
    @keras.saving.register_keras_serializable("q03")
    def log1p(x):
        return keras.ops.log1p(x)

    x = keras.Input([3])
    y = keras.layers.Lambda(log1p)(x)
    return keras.Model(x, keras.layers.Dense(1)(y))
