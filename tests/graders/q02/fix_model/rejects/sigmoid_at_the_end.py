"""A probability at the end, and a loss that takes it for a logit.

breaks: "The output is a linear function"
fails: test_the_output_is_a_logit
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    return model
