"""The logarithm comes last, of what the Dense layer gives.

fails: test_logarithms_come_first, test_small_amounts_keep_their_digits, test_every_model_has_its_own_weights, test_the_graph_computes_it, test_loads_in_safe_mode
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.ops.log1p(keras.layers.Dense(1)(amounts)))
