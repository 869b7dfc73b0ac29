"""Numbers of other kinds, other capitals."""

import numpy as np

STEPS_WITHOUT_MARKERS = STEPS_OF_THE_CALLBACK = np.int64(0)
EAGER_OPERATIONS = 0.0
INPUT_BEFORE_THE_MARKER = " Next to nothing"
STAGE = "parallelmap"
TWO_PROFILERS = "RAISES"
