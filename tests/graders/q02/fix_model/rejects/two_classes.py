"""An output for each of the two classes.

breaks: "one logit per row", "trainable matrices are those of `build_stuck`"
fails: test_all_layers_are_there, test_the_output_is_a_logit, test_gradients_reach_the_first_layer, test_gradients_have_a_size_to_learn_from
"""

import keras


def build_classifier(depth=12, units=32):
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal"))
    model.add(keras.layers.Dense(2))
    return model
