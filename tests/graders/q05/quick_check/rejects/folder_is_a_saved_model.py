"""A path without an ending means a SavedModel.

fails: test_saving_to_a_folder
"""

SAVE_WITHOUT_ENDING = "SavedModel"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
