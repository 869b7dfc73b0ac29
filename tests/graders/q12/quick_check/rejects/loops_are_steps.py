"""A round of the loop is a step.

fails: test_steps_without_markers
"""

STEPS_WITHOUT_MARKERS = 4
INPUT_BEFORE_THE_MARKER = "next to nothing"
EAGER_OPERATIONS = 0
STEPS_OF_THE_CALLBACK = 0
STAGE = "ParallelMap"
TWO_PROFILERS = "raises"
