"""A layer is registered, and its config leaves out an argument: loaded, it has the default.

breaks: "Saved as `.keras` and loaded, the model has the same answers and losses"
fails: test_a_saved_model_answers_the_same
"""

import keras
from keras.layers import Concatenate, Dense


@keras.saving.register_keras_serializable("q11_tickets")
class Scaled(keras.layers.Layer):
    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return self.factor * inputs

    def get_config(self):
        return super().get_config()


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    both = Concatenate()([inputs["title"], Scaled(3.0)(inputs["tags"])])
    trunk = Dense(32, activation="relu")(both)
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
