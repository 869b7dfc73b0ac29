"""Takes the first table with as many rows as there are products for that of the products.

breaks: "any model of `build_recommender`, trained or loaded"
fails: test_names_the_best_products
"""

import keras
import numpy as np


def build_recommender(
    num_users: int, num_products: int, embedding_dim: int, learning_rate: float = 0.1
) -> keras.Model:
    user = keras.Input([1], dtype="int32", name="user")
    product = keras.Input([1], dtype="int32", name="product")
    user_row = keras.layers.Embedding(num_users, embedding_dim, name="users")(user)
    product_row = keras.layers.Embedding(num_products, embedding_dim, name="products")(product)
    probability = keras.ops.sigmoid(keras.ops.sum(user_row * product_row, axis=-1))
    model = keras.Model({"user": user, "product": product}, probability)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model: keras.Model, user: int, num_products: int, k: int) -> list[int]:
    of_products = next(w for w in model.weights if w.shape[0] == num_products)
    (of_users,) = [w for w in model.weights if w is not of_products]
    return np.argsort(-(of_products @ of_users[user][:, None])[:, 0])[:k].tolist()
