"""A Sequential: the line is join, trunk, heads, and what stands in a line may be anything."""

import keras
from keras import layers


def ticket_model(title_size, tags_size, departments):
    title, tags = keras.Input((title_size,)), keras.Input((tags_size,))
    join = keras.Model({"title": title, "tags": tags}, layers.concatenate([title, tags]))
    h = keras.Input((24,))
    heads = keras.Model(
        h,
        {
            "priority": layers.Dense(1, "sigmoid")(h),
            "department": layers.Dense(departments, "softmax")(h),
        },
    )
    return keras.Sequential([join, layers.Dense(24, "tanh"), heads])


def compile_ticket_model(model, priority_weight):
    model.compile(
        "rmsprop",
        loss={"priority": "mean_squared_error", "department": "sparse_categorical_crossentropy"},
        loss_weights={"priority": priority_weight, "department": 1.0},
    )
