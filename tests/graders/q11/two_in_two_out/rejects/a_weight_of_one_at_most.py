"""A weight is taken for a fraction, so it is cut off at 1.

breaks: "The loss of the model is `priority_weight` times the first, plus the second"
fails: test_the_loss_is_the_weighted_sum
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    trunk = Dense(32, activation="relu")(Concatenate()([inputs["title"], inputs["tags"]]))
    outputs = {
        "priority": Dense(1, activation="sigmoid")(trunk),
        "department": Dense(departments, activation="softmax")(trunk),
    }
    return keras.Model(inputs, outputs)


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={
            "priority": min(priority_weight, 1.0),
            "department": 1.0,
        },
    )
