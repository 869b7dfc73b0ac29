"""Thinks that a random op runs again behind a cache.

fails: test_same_numbers
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = False
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [0, 1, 2]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
