"""Keras finds every keras.Variable that a layer uses.

fails: test_weights_of_a_lambda
"""

STORED = [1.0, 5.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [1, 1]
MOVED = [False, True, True, True, False]
