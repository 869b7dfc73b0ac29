"""A trace is taken to record what a call runs.

fails: test_a_trace_after_the_first_call
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = True
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
