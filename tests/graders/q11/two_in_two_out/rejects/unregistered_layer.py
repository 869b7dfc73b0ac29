"""A layer of our own, of which load_model has not been told.

breaks: "`load_model` needs only the path of the file"
fails: test_a_saved_model_answers_the_same
"""

import keras
from keras.layers import Concatenate, Dense


class Join(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.concatenate(inputs, axis=-1)


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    trunk = Dense(32, activation="relu")(Join()([inputs["title"], inputs["tags"]]))
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
