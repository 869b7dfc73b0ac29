"""The callback marks the batches that it captures.

fails: test_steps_of_the_callback
"""

STEPS_WITHOUT_MARKERS = 0
INPUT_BEFORE_THE_MARKER = "next to nothing"
EAGER_OPERATIONS = 0
STEPS_OF_THE_CALLBACK = 3
STAGE = "ParallelMap"
TWO_PROFILERS = "raises"
