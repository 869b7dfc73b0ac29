"""Takes the utility for a loader that decodes one image at a time.

fails: test_missing_stage
"""

MISSING_STAGE = "parallel map"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
