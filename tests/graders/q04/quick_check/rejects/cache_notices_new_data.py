"""Thinks that a cache file knows its source.

fails: test_second_program
"""

MISSING_STAGE = "cache"
SAME_NUMBERS = True
LOADS = 8
LARGEST_FIRST = 2
SECOND_PROGRAM = [10, 11, 12]
VALIDATION_LABELS = [1, 1]
SHARE_RIGHT = 0.5
