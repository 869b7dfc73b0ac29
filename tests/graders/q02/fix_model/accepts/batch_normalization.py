"""The sigmoids stay; batch normalization keeps them where they are steep."""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, use_bias=False))
        model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Activation("sigmoid"))
    model.add(keras.layers.Dense(1))
    return model
