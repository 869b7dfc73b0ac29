"""A leaky ReLU at the end as well: below zero, a logit counts for a fifth.

breaks: "The output is a linear function"
fails: test_the_output_is_a_logit
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(1, activation="leaky_relu"))
    return model
