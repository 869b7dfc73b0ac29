"""An `if` becomes part of the graph, as in a tf.function.

fails: test_what_works_on_an_input
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, True]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
