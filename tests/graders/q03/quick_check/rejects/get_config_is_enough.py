"""get_config makes a layer serializable, and what has it can be loaded.

fails: test_what_a_layer_needs_to_be_loaded
"""

STORED = [1.0, 5.0]
LOADS = [True, False, True]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
