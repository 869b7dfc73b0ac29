"""A Lambda cannot have weights.

fails: test_weights_of_a_lambda
"""

STORED = [1.0, 5.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 0]
MOVED = [False, True, True, True, False]
