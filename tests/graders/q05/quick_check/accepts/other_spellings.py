"""NumPy scalars, tuples, capitals."""

import numpy as np

SAVE_WITHOUT_ENDING = "Error"
OPTIMIZER_VARIABLES = (np.int64(10), 2)
ITERATIONS = np.int32(0)
LOAD_EXPORTED = " error"
SIGNATURE = ("Frame", "Output_0")
FROZEN_LAYER_MOVES = BEST_IS_OVERWRITTEN = np.bool_(True)
BEYOND_THE_SAMPLES = 1
