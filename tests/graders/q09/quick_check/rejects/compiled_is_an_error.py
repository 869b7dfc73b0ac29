"""Tracing is expected to fail, as if a graph did not let Python assign to attributes.

fails: test_a_tensor_as_state_in_a_compiled_function
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "error"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
