"""HDF5 keeps the optimizer with its slot variables.

fails: test_an_optimizer_in_hdf5
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 10]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
