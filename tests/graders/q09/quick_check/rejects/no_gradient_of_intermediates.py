"""Only variables have gradients, intermediate tensors have none.

fails: test_what_the_tape_watches
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, False]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
