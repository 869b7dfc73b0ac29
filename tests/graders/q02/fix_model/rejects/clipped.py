"""The other usual answer: clip the gradients. What is clipped is what is too large.

breaks: "at least a thousandth of the last one's"
fails: test_gradients_reach_the_first_layer
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="sigmoid"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(clipnorm=1.0), "binary_crossentropy")
    return model
