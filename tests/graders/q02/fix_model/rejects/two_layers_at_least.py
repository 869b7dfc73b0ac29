"""There are two hidden layers at least, whatever is asked for.

breaks: "Its trainable matrices are those of `build_stuck`"
fails: test_all_layers_are_there
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(max(depth, 2)):
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(1))
    return model
