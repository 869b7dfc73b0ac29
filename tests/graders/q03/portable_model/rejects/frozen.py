"""The weights are there, and not trained.

breaks: "both are trained"
fails: test_every_model_has_its_own_weights, test_loads_in_safe_mode, test_logarithms_come_first, test_random_numbers_go_on, test_safe_mode_stays_on, test_settings_stay, test_small_amounts_keep_their_digits, test_the_graph_computes_it
"""

import keras


def build_model():
    x = keras.Input([3])
    y = keras.ops.log1p(x)
    return keras.Model(x, keras.layers.Dense(1, trainable=False)(y))
