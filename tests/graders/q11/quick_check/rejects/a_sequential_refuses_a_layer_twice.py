"""A Sequential cannot share a layer, so it refuses one that it has already.

fails: test_a_layer_twice_in_a_sequential
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "error in Sequential"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
