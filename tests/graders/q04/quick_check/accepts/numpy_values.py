"""The predictions as NumPy values, and a string in other letters."""

import numpy as np

MISSING_STAGE = " Cache "
SAME_NUMBERS = True
LOADS = np.int64(8)
LARGEST_FIRST = 2.0
SECOND_PROGRAM = np.arange(3)
VALIDATION_LABELS = (1, np.int32(1))
SHARE_RIGHT = 0.5
