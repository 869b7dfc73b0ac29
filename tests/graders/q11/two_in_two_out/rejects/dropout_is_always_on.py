"""A Dropout that is told to train: it makes the answers random, in use, too.

breaks: "Outside of training, nothing is random"
fails: test_a_saved_model_answers_the_same, test_a_weight_of_zero, test_each_output_depends_on_each_input, test_every_output_has_its_name_and_shape, test_nothing_else_is_in_the_loss, test_one_trunk_serves_both, test_outputs_are_a_fraction_and_probabilities, test_the_loss_is_the_weighted_sum, test_the_others_in_a_batch_do_not_matter
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    trunk = Dense(32, activation="relu")(Concatenate()([inputs["title"], inputs["tags"]]))
    trunk = keras.layers.Dropout(0.2)(trunk, training=True)
    outputs = {
        "priority": Dense(1, activation="sigmoid")(trunk),
        "department": Dense(departments, activation="softmax")(trunk),
    }
    return keras.Model(inputs, outputs)


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
