"""`fit` is believed to run the model in Python at every step unless told otherwise.

fails: test_what_fit_does
"""

PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [1, 1, 3]
PRINTS_FOR_A_BRANCH = 1
A_B_AND_C = [2.0, 2.0, 10.0]
TRACES_FOR_BATCH_SIZES = [4, 2, 1]
FIRST_AND_SECOND = [2.0, 0.0]
PYTHON_RUNS_IN_FIT = [4, 4]
NUMPY_IN_A_FUNCTION = "AttributeError"
