"""A row without a gradient stays where it is.

fails: test_rows_that_adam_moves
"""

STORED = [1.0, 5.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, False, False, True, False]
