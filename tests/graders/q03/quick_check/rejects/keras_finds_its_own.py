"""A function of Keras is found without being registered.

fails: test_lambdas_that_load
"""

STORED = [1.0, 5.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, True]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
