"""Tuples, NumPy scalars and capitals."""

import numpy as np

WEIGHTS = (np.int64(0), np.float32(4))
LAYERS = np.array([2, 2])
SHARED_IN_SEQUENTIAL = "Other outputs"
TWO_IN_TWO_OUT = " it trains "
WORKS = (True, False, True, False)
PYTHON_LOOP = (True, False, False)
INNER_OUTPUTS = [False, True, False]
