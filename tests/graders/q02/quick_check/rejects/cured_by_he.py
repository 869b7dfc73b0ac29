"""He's initialization is taken to cure any network.

fails: test_sigmoids_with_another_initialization
"""

TAGS_BY_NAME = 2
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = True
