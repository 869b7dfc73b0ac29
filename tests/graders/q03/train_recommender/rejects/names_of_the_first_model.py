"""The tables are found by the names that Keras gives them in the first model of a process.

breaks: "any model of `build_recommender`"
fails: test_names_the_best_products
"""

import keras
import numpy as np


def build_recommender(
    num_users: int, num_products: int, embedding_dim: int, learning_rate: float = 0.1
) -> keras.Model:
    user = keras.Input([1], dtype="int32", name="user")
    product = keras.Input([1], dtype="int32", name="product")
    user_row = keras.layers.Embedding(num_users, embedding_dim)(user)
    product_row = keras.layers.Embedding(num_products, embedding_dim)(product)
    probability = keras.ops.sigmoid(keras.ops.sum(user_row * product_row, axis=-1))
    model = keras.Model({"user": user, "product": product}, probability)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model: keras.Model, user: int, num_products: int, k: int) -> list[int]:
    rows = [model.get_layer(name).get_weights()[0] for name in ("embedding", "embedding_1")]
    return np.argsort(-rows[1] @ rows[0][user])[:k].tolist()
