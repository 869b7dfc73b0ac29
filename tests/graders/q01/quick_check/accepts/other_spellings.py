"""Tuples, capitals, NumPy scalars."""

import numpy as np

EAGER_ON_TOP = ("Fine", "Error")
NOBODY_FETCHED_IT = np.array([1.0, 11.0], "float32")
IF_ON_A_TENSOR = (" error", "fine ", "ERROR")
TRACES_OF_A_LOOP = (np.int64(3), 1.0)
UNUSED_ERROR = ("error", "fine")
RESTORED = (np.float32(5), 1)
ONE_LOOP_VARIABLE = (" FINE", "error")
