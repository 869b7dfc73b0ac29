"""Who gives no learning rate gets the default of Keras.

breaks: "A step of `fit` is `learning_rate` times the gradient"
fails: test_a_step_follows_the_gradient
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.01):
    user = keras.Input([1], dtype="int32", name="user")
    product = keras.Input([1], dtype="int32", name="product")
    u = keras.layers.Embedding(num_users, embedding_dim)(user)
    p = keras.layers.Embedding(num_products, embedding_dim)(product)
    outputs = keras.ops.sigmoid(keras.ops.sum(u * p, axis=-1))
    model = keras.Model({"user": user, "product": product}, outputs)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model, user, num_products, k):
    products = np.arange(num_products)[:, None]
    users = np.full_like(products, user)
    scores = model.predict({"user": users, "product": products}, verbose=0)
    return np.argsort(-scores[:, 0])[:k].tolist()
