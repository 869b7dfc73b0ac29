"""A reader is taken to read everything.

fails: test_two_hundred_points
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = False
POINTS_READ = 200
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
