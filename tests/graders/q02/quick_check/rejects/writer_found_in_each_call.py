"""The writer is taken to be looked for in every call.

fails: test_a_writer_around_a_compiled_step
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 4
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
