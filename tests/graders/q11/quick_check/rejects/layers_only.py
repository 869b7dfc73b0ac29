"""Only layers can be called on what Input returns.

fails: test_what_works_on_an_input
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [False, False, False, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
