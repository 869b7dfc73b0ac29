"""A slow pipeline shows, wherever the marker is.

fails: test_input_before_the_marker
"""

STEPS_WITHOUT_MARKERS = 0
INPUT_BEFORE_THE_MARKER = "most"
EAGER_OPERATIONS = 0
STEPS_OF_THE_CALLBACK = 0
STAGE = "ParallelMap"
TWO_PROFILERS = "raises"
