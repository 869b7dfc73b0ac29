"""The tape is expected to watch every variable, trainable or not.

fails: test_what_the_tape_watches
"""

EAGER_TOTAL = 12.0
COMPILED_TOTAL = "symbolic tensor"
RAW_VARIABLE = [0, 1]
HAS_GRADIENT = [False, True, True, True]
PLUS_EQUALS = ["error", "tensor"]
FITTED_WEIGHT = 0.7
