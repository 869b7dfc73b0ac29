"""What Input returns is a tensor, so TensorFlow's functions take it.

fails: test_what_works_on_an_input
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, True, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
