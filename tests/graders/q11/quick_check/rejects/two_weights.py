"""A layer has one weight, its kernel.

fails: test_a_sequential_before_and_after_its_first_batch
"""

WEIGHTS = [0, 2]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
