"""`+=` is taken for variable + number, a tensor, for both kinds of variable.

fails: test_plus_equals
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["tensor", "tensor"]
FITTED_WEIGHT = 0.7
