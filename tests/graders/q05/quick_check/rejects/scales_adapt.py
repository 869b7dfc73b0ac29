"""The scale adapts to what comes.

fails: test_a_number_beyond_the_samples
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 200.0
