"""Clipping is taken to scale every gradient to the norm.

fails: test_clipping_a_tiny_gradient
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "larger"
CURED_BY_INITIALIZATION = False
