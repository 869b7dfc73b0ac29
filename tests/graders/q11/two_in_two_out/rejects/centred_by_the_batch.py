"""The features are centred by the mean of the batch.

breaks: "The answer to a ticket does not depend on the others in its batch"
fails: test_the_others_in_a_batch_do_not_matter
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    trunk = Dense(32, activation="relu")(Concatenate()([inputs["title"], inputs["tags"]]))
    trunk = trunk - keras.ops.mean(trunk, axis=0, keepdims=True)
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
