"""The list can be changed, and so is taken to hold the velocity in fit as in an eager loop.

fails: test_an_optimizer_with_tensors_in_a_list
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.575
