"""A layer needs registration and get_config of its own: Keras cannot know the arguments.

fails: test_what_a_layer_needs_to_be_loaded
"""

STORED = [1.0, 5.0]
LOADS = [False, False, False]
WIDTH = 4
LAMBDAS = [False, False, True, False]
WEIGHTS_OF_LAMBDAS = [0, 1]
MOVED = [False, True, True, True, False]
