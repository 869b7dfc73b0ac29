"""An intermediate tensor is expected to have no gradient, as if only variables had one.

fails: test_what_the_tape_watches
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, False]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
