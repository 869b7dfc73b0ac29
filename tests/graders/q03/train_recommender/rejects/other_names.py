"""The keys of the dict are right, and the inputs have other names.

breaks: "The inputs, named `user` and `product`, are int32 or int64 of shape [n, 1]"
fails: test_ids_go_in_by_name
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    user = keras.Input([1], name="users", dtype="int32")
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
    return [int(i) for i in np.argsort(-scores)[:k]]
