"""Half of the activations are left out, for gradients twice as large.

breaks: "No hidden layer is linear"
fails: test_no_hidden_layer_is_linear
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for number in range(depth):
        model.add(
            keras.layers.Dense(
                units, activation="relu" if number % 2 else None, kernel_initializer="he_normal"
            )
        )
    model.add(keras.layers.Dense(1))
    return model
