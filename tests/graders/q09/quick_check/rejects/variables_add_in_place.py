"""A variable can be changed, so `+=` is expected to change it.

fails: test_plus_equals
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["variable", "variable"]
FITTED_WEIGHT = 0.7
