"""What computes the right thing is saved rightly.

fails: test_a_layer_twice_in_a_sequential
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "same outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
