"""A ReLU, and weights of 0.05: all gradients are tiny alike.

breaks: "That of the last matrix is at least 1e-6"
fails: test_gradients_have_a_size_to_learn_from
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="tanh", kernel_initializer="random_normal"))
    model.add(keras.layers.Dense(1))
    return model
