"""What Keras exports, Keras loads.

fails: test_loading_what_was_exported
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "model"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
