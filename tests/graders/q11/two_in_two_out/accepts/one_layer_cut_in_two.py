"""One layer for both heads, whose output is cut by operations; two branches, added."""

import keras
from keras import layers, ops


def ticket_model(title_size, tags_size, departments):
    inputs = {
        "tags": keras.Input(shape=(tags_size,), name="tags"),
        "title": keras.Input(shape=(title_size,), name="title"),
    }
    branches = [layers.Dense(16, activation="elu")(x) for x in inputs.values()]
    both = layers.Dense(1 + departments)(layers.add(branches))
    outputs = {"priority": ops.sigmoid(both[:, :1]), "department": ops.softmax(both[:, 1:])}
    return keras.Model(inputs=inputs, outputs=outputs)


def compile_ticket_model(model, priority_weight):
    model.compile(
        keras.optimizers.Adam(0.01),
        {
            "priority": keras.losses.MeanSquaredError(),
            "department": keras.losses.SparseCategoricalCrossentropy(from_logits=False),
        },
        loss_weights={"priority": float(priority_weight), "department": 1.0},
        metrics={"department": ["accuracy"]},
    )
