"""Title and tags are one vector, cut from a single Input.

breaks: "A model that takes a dict of"
fails: all
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = keras.Input([sum(sizes.values())])
    trunk = Dense(32, activation="relu")(inputs)
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
