"""Thinks that the two elements of the first look are kept already.

fails: test_loads
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = True
LOADS = 6
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
