"""The first step is taken to be lost, and no other.

fails: test_a_writer_around_a_compiled_step
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 3
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
