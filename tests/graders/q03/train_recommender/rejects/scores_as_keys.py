"""Products are looked up by their probability, and equal ones are lost.

breaks: "each is named once"
fails: test_equally_good_products
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
    by = {float(s): i for i, s in enumerate(scores)}
    return [by[s] for s in sorted(by, reverse=True)[:k]]
