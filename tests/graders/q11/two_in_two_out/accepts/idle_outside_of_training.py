"""BatchNormalization and Dropout in the trunk; a priority cut out of a softmax; run eagerly."""

import keras


def ticket_model(t, g, d):
    x = {"title": keras.Input([t], name="title"), "tags": keras.Input([g], name="tags")}
    h = keras.layers.Dense(7, activation="tanh")(keras.layers.concatenate([x["tags"], x["title"]]))
    h = keras.layers.BatchNormalization()(h)
    h = keras.layers.Dropout(0.3)(h)
    p = keras.layers.Dense(2, activation="softmax")(h)[:, :1]
    return keras.Model(
        x,
        {
            "department": keras.layers.Dense(d, activation="softmax")(h),
            "priority": keras.layers.Identity(name="priority")(p),
        },
    )


def compile_ticket_model(model, w):
    model.compile(
        loss={
            "priority": keras.losses.MeanSquaredError(),
            "department": "sparse_categorical_crossentropy",
        },
        loss_weights={"priority": w, "department": 1.0},
        run_eagerly=True,
    )
