"""`input` is `inputs` for a model with one.

fails: test_the_outputs_of_an_inner_layer
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, True]
