"""The logarithm is left out: what loads without trouble is another model.

fails: test_every_model_has_its_own_weights, test_loads_in_safe_mode, test_logarithms_come_first, test_small_amounts_keep_their_digits, test_the_graph_computes_it
"""

import keras


def build_model():
    amounts = keras.Input([3])
    return keras.Model(amounts, keras.layers.Dense(1)(amounts))
