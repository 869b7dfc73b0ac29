"""Outputs are named as the layers that make them.

fails: test_names_in_a_signature
"""

SAVE_WITHOUT_ENDING = "error"
OPTIMIZER_VARIABLES = [10, 2]
ITERATIONS = 0
LOAD_EXPORTED = "error"
SIGNATURE = ["frame", "intruder"]
FROZEN_LAYER_MOVES = True
BEST_IS_OVERWRITTEN = True
BEYOND_THE_SAMPLES = 1.0
