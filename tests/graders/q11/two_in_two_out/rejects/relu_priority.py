"""A priority is not negative, so its activation is relu.

breaks: "A priority is between 0 and 1"
fails: test_outputs_are_a_fraction_and_probabilities
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    trunk = Dense(32, activation="relu")(Concatenate()([inputs["title"], inputs["tags"]]))
    outputs = {
        "priority": Dense(1, activation="relu", bias_initializer="ones")(trunk),
        "department": Dense(departments, activation="softmax")(trunk),
    }
    return keras.Model(inputs, outputs)


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
