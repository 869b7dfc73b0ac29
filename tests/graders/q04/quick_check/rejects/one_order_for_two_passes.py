"""Thinks that two passes over a shuffled dataset come in one order.

fails: test_share_right
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 1.0
