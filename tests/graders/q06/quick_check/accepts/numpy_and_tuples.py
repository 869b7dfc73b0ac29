"""The same predictions held in NumPy arrays, scalars and tuples."""

import numpy as np

PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = (1, 1, 3)
PRINTS_FOR_A_BRANCH = np.int64(1)
A_B_AND_C = np.array([2, 2, 10])
TRACES_FOR_BATCH_SIZES = np.array([4, 2, 1])
FIRST_AND_SECOND = (2, 0)
PYTHON_RUNS_IN_FIT = [np.int32(1), np.int32(4)]
NUMPY_IN_A_FUNCTION = "AttributeError"
