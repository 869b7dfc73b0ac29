"""A layer's tf.Variable is taken for one of its weights, as it was in Keras 2.

fails: test_a_raw_variable_in_a_keras_layer
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [1, 1]
HAS_GRADIENT = [False, True, False, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
