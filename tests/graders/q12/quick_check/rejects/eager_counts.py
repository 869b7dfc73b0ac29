"""Eager operations are listed like others.

fails: test_eager_operations
"""

STEPS_WITHOUT_MARKERS = 0
INPUT_BEFORE_THE_MARKER = "next to nothing"
EAGER_OPERATIONS = 10
STEPS_OF_THE_CALLBACK = 0
STAGE = "ParallelMap"
TWO_PROFILERS = "raises"
