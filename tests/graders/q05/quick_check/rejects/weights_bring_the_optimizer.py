"""The file has the optimizer, so the new model gets it.

fails: test_weights_into_a_compiled_model
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 5
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
