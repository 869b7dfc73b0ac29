"""Thinks that a small buffer mixes everything.

fails: test_largest_first
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 9
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
