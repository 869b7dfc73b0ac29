"""Computed from what is known of each."""

TAGS_BY_NAME = len({"kernel", "bias", "kernel", "bias"})
STEPS_IN_A_GRAPH = (1,) * 4
POINTS_OF_A_COMPILED_STEP = 4 * 0
SHOWS_SOFTPLUS = not True
POINTS_READ = 10
CLIPPED = "the same"
CURED_BY_INITIALIZATION = 0.25**12 > 0.01
