"""A callback is taken to know what an earlier process has seen.

fails: test_a_callback_in_a_new_process
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = False
BEYOND_THE_SAMPLES = 1.0
