"""A second start is ignored.

fails: test_two_profilers
"""

STEPS_WITHOUT_MARKERS = 0
INPUT_BEFORE_THE_MARKER = "next to nothing"
EAGER_OPERATIONS = 0
STEPS_OF_THE_CALLBACK = 0
STAGE = "ParallelMap"
TWO_PROFILERS = "nothing"
