"""A map runs as it was written.

fails: test_the_stage_that_runs
"""

STEPS_WITHOUT_MARKERS = 0
INPUT_BEFORE_THE_MARKER = "next to nothing"
EAGER_OPERATIONS = 0
STEPS_OF_THE_CALLBACK = 0
STAGE = "Map"
TWO_PROFILERS = "raises"
