"""NumPy scalars, arrays and tuples."""

import numpy as np

STORED = (1, np.float32(5.0))
LOADS = (False, True, False)
WIDTH = np.int64(4)
LAMBDAS = (False, False, True, False)
WEIGHTS_OF_LAMBDAS = np.array([0, 1])
MOVED = np.array([False, True, True, True, False])
