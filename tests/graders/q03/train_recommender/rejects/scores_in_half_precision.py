"""Probabilities are compared in half precision.

breaks: "The order is right among hundreds of products"
fails: test_names_the_best_of_many
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    user = keras.Input([1], name="user", dtype="int32")
    product = keras.Input([1], name="product", dtype="int32")
    u = keras.layers.Embedding(num_users, embedding_dim)(user)
    p = keras.layers.Embedding(num_products, embedding_dim)(product)
    score = keras.ops.sigmoid(keras.ops.sum(u * p, axis=-1))
    model = keras.Model({"user": user, "product": product}, score)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model, user, num_products, k):
    products = np.arange(num_products).reshape(-1, 1)
    users = np.full_like(products, user)
    scores = model.predict({"user": users, "product": products}, verbose=0)[:, 0]
    return [int(i) for i in np.argsort(-scores.astype("float16"))[:k]]
