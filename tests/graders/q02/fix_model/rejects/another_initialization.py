"""The usual answer: another initialization. It does not make a sigmoid steeper.

breaks: "at least a thousandth of the last one's"
fails: test_gradients_reach_the_first_layer
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="sigmoid", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(1))
    return model
