"""The inputs have no names that a dict could go by.

breaks: "The inputs, named `user` and `product`, are int32 or int64 of shape [n, 1]"
fails: all
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    user = keras.Input([1], dtype="int32")
    product = keras.Input([1], dtype="int32")
    u = keras.layers.Embedding(num_users, embedding_dim)(user)
    p = keras.layers.Embedding(num_products, embedding_dim)(product)
    outputs = keras.ops.sigmoid(keras.ops.sum(u * p, axis=-1))
    model = keras.Model([user, product], outputs)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model, user, num_products, k):
    products = np.arange(num_products)[:, None]
    users = np.full_like(products, user)
    scores = model.predict({"user": users, "product": products}, verbose=0)
    return np.argsort(-scores[:, 0])[:k].tolist()
