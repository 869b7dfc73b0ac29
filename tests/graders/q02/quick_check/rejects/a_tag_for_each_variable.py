"""Names are taken to have the layer in them, as in Keras 2.

fails: test_tags_by_name
"""

TAGS_BY_NAME = 4
STEPS_IN_A_GRAPH = [1, 1, 1, 1]
POINTS_OF_A_COMPILED_STEP = 0
SHOWS_SOFTPLUS = False
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = False
