"""A tensor cannot change, so the sum is expected to stay at zero: the usual answer, and wrong
where Python runs in every call.

fails: test_a_tensor_as_state_in_eager_calls
"""

EAGER_TOTAL = 0.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
