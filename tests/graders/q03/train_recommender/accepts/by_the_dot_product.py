"""The sigmoid does not change the order, so the tables themselves are ranked, found by their shapes in the model's graph."""

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
    users = model.get_layer("users").embeddings.numpy()
    products = model.get_layer("products").embeddings.numpy()
    ranked = sorted(range(num_products), key=lambda i: -float(products[i] @ users[user]))
    return ranked[:k]
