"""A Sequential that begins with two Inputs.

breaks: "A model that takes a dict of"
fails: test_a_new_weight, test_a_saved_model_answers_the_same, test_a_weight_of_zero, test_each_output_depends_on_each_input, test_every_output_has_its_name_and_shape, test_nothing_else_is_in_the_loss, test_one_trunk_serves_both, test_outputs_are_a_fraction_and_probabilities, test_the_loss_is_the_weighted_sum, test_the_others_in_a_batch_do_not_matter
"""

import keras
from keras.layers import Dense


def ticket_model(title_size, tags_size, departments):
    return keras.Sequential(
        [
            keras.Input([title_size], name="title"),
            keras.Input([tags_size], name="tags"),
            Dense(32, activation="relu"),
            Dense(1 + departments),
        ]
    )


def compile_ticket_model(model, priority_weight):
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
