"""predict does not convert the loop, and tf.function does.

fails: test_a_python_loop_in_call
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "it trains"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, True]
INNER_OUTPUTS = [False, True, False]
