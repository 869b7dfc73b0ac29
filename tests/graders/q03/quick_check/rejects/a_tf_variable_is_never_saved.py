"""The usual statement: variables outside of add_weight are not serializable.

fails: test_a_raw_variable_in_two_files
"""

STORED = [1.0, 1.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
