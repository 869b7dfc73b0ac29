"""A penalty on a bias, which is 0 until the first step of training.

breaks: "Nothing else adds to the loss"
fails: test_nothing_else_is_in_the_loss
"""

import keras
from keras import layers


def ticket_model(title_size, tags_size, departments):
    title = keras.Input([title_size], name="title")
    tags = keras.Input([tags_size], name="tags")
    x = layers.Concatenate()([title, tags])
    x = layers.Dense(32, activation="tanh")(x)
    priority = layers.Dense(1, activation="sigmoid", bias_regularizer="l2", name="priority")(x)
    department = layers.Dense(departments, activation="softmax", name="department")(x)
    return keras.Model(
        {"title": title, "tags": tags}, {"priority": priority, "department": department}
    )


def compile_ticket_model(model, priority_weight):
    model.compile(
        optimizer="adam",
        loss={"priority": "mse", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
