"""Thinks that the utility takes its validation images from every class.

fails: test_validation_labels
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [0, 1]
SHARE_RIGHT = 0.5
