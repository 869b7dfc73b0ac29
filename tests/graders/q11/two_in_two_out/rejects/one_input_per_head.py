"""Each head looks at the input that seems to matter for it.

breaks: "Both outputs of a new model depend on the title and on the tags", "They come from one trunk"
fails: test_each_output_depends_on_each_input, test_one_trunk_serves_both
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    title = Dense(32, activation="relu")(inputs["title"])
    tags = Dense(32, activation="relu")(inputs["tags"])
    outputs = {
        "priority": Dense(1, activation="sigmoid")(title),
        "department": Dense(departments, activation="softmax")(tags),
    }
    return keras.Model(inputs, outputs)


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
