"""Standard normal weights: all gradients are huge.

breaks: "None is more than 1e3"
fails: test_gradients_have_a_size_to_learn_from
"""

import keras


def build_classifier(depth=12, units=32):
    init = keras.initializers.RandomNormal(stddev=1.0)
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer=init))
    model.add(keras.layers.Dense(1))
    return model
