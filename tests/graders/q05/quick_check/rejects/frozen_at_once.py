"""`trainable` is taken to act at once, in a step that has been traced already.

fails: test_a_layer_is_frozen_after_some_steps
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "output_0"]
FROZEN_LAYER_MOVES = False
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
