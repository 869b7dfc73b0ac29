"""The sum over axis 1 is a score, as many guides have it.

fails: test_the_axis_of_a_dot_product
"""

STORED = [1.0, 5.0]
LOADS = [False, True, False]
WIDTH = 1
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
