"""A tf.Variable in an attribute is part of the model, and of its file.

fails: test_a_raw_variable_in_two_files
"""

STORED = [5.0, 5.0]
LOADS = [False, True, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
