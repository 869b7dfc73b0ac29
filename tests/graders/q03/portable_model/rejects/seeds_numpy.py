"""NumPy's random numbers are seeded for an initial kernel.

breaks: "The call sets no global seed"
fails: test_random_numbers_go_on
"""

import keras
import numpy as np


def build_model():
    np.random.seed(0)
    kernel = keras.initializers.Constant(np.random.rand(3, 1))
    amounts = keras.Input([3])
    logarithms = keras.ops.log1p(amounts)
    return keras.Model(amounts, keras.layers.Dense(1, kernel_initializer=kernel)(logarithms))
