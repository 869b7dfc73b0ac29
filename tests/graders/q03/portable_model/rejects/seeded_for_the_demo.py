"""The call seeds everything, so that a demo starts with the same weights.

breaks: "The call sets no global seed"
fails: test_random_numbers_go_on
"""

import keras


def build_model():
    keras.utils.set_random_seed(7)
    model = keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])
    amounts = keras.Input([3])
    return keras.Model(amounts, model(keras.ops.log1p(amounts)))
