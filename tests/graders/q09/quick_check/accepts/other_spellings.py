"""NumPy scalars, tuples, capitals."""

import numpy as np

EAGER_TOTAL = 12
COMPILED_TOTAL = "Symbolic tensor"
RAW_VARIABLE = (np.int64(0), np.int64(1))
HAS_GRADIENT = (False, True, False, True)
PLUS_EQUALS = ("Error", "Tensor")
FITTED_WEIGHT = np.float32(0.7)
