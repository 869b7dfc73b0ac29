"""Layers only: a dot product of flat rows, and an Activation; the inputs are a list."""

import keras
import tensorflow as tf
from keras import layers


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    inputs = [keras.Input(shape=(1,), dtype="int64", name=name) for name in ("user", "product")]
    rows = [
        layers.Flatten()(layers.Embedding(count, embedding_dim)(ids))
        for count, ids in zip((num_users, num_products), inputs)
    ]
    outputs = layers.Activation("sigmoid")(layers.Dot(axes=1)(rows))
    model = keras.Model(inputs=inputs, outputs=outputs)
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=["accuracy"],
    )
    return model


def best_products(model, user, num_products, k):
    products = tf.range(num_products, dtype=tf.int64)[:, None]
    users = tf.zeros_like(products) + user
    scores = model([users, products], training=False)
    return tf.math.top_k(tf.squeeze(scores, axis=1), k).indices.numpy().tolist()
