"""A tensor of a graph is believed to have a value, as an eager one does.

fails: test_numpy_in_a_function
"""

PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [1, 1, 3]
PRINTS_FOR_A_BRANCH = 1
A_B_AND_C = [2.0, 2.0, 10.0]
TRACES_FOR_BATCH_SIZES = [4, 2, 1]
FIRST_AND_SECOND = [2.0, 0.0]
PYTHON_RUNS_IN_FIT = [1, 4]
NUMPY_IN_A_FUNCTION = "a tensor"
