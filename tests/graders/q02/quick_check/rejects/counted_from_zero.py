"""Python is taken to count before it runs.

fails: test_a_step_that_python_counts
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [0, 0, 0, 0]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
