"""A variable that is no weight of the layer is expected to be of no interest to the tape.

fails: test_a_raw_variable_in_a_keras_layer
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 0]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
