"""Python is believed to run once, also for Python numbers.

fails: test_what_a_trace_is_made_for
"""

PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [1, 1, 1]
PRINTS_FOR_A_BRANCH = 1
A_B_AND_C = [2.0, 2.0, 10.0]
TRACES_FOR_BATCH_SIZES = [4, 2, 1]
FIRST_AND_SECOND = [2.0, 0.0]
PYTHON_RUNS_IN_FIT = [1, 4]
NUMPY_IN_A_FUNCTION = "AttributeError"
