"""The spread of the first weights is a number that is right for 32 units, and too large for 64.

breaks: "of 16 to 64 units"
fails: test_gradients_have_a_size_to_learn_from
"""

import keras


def build_classifier(depth=12, units=32):
    spread = keras.initializers.RandomNormal(stddev=0.25)  # what He's is for 32 units
    hidden = [keras.layers.Dense(units, "relu", kernel_initializer=spread) for _ in range(depth)]
    return keras.Sequential([keras.Input([20]), *hidden, keras.layers.Dense(1)])
