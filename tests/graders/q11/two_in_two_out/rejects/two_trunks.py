"""Two networks side by side, in one model.

breaks: "They come from one trunk"
fails: test_one_trunk_serves_both
"""

import keras
from keras.layers import Concatenate, Dense


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    sizes = {"title": title_size, "tags": tags_size}
    inputs = {name: keras.Input([size], name=name) for name, size in sizes.items()}
    both = Concatenate()([inputs["title"], inputs["tags"]])
    first, second = (Dense(32, activation="relu")(both) for _ in range(2))
    outputs = {
        "priority": Dense(1, activation="sigmoid")(first),
        "department": Dense(departments, activation="softmax")(second),
    }
    return keras.Model(inputs, outputs)


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    model.compile(
        "adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
