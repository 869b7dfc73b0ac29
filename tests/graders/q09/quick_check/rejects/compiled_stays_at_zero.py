"""The assignment is expected to have no effect in a graph, so that the attribute keeps its
tensor.

fails: test_a_tensor_as_state_in_a_compiled_function
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "zero"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
