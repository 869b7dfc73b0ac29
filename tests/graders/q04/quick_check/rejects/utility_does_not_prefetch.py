"""Takes the utility for a slow loader that does not prefetch.

fails: test_missing_stage
"""

MISSING_STAGE = "prefetch"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
