"""What is registered is so in build_recommender, which a process that loads does not call.

breaks: "`keras.models.load_model(path)` loads it"
fails: test_goes_on_after_a_restart
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    @keras.saving.register_keras_serializable("rec")
    def bce(y, p):
        return keras.losses.binary_crossentropy(y, p)

    user = keras.Input([1], name="user", dtype="int32")
    product = keras.Input([1], name="product", dtype="int32")
    u = keras.layers.Embedding(num_users, embedding_dim)(user)
    p = keras.layers.Embedding(num_products, embedding_dim)(product)
    score = keras.ops.sigmoid(keras.ops.sum(u * p, axis=-1))
    model = keras.Model({"user": user, "product": product}, score)
    model.compile(keras.optimizers.SGD(learning_rate), bce)
    return model


def best_products(model, user, num_products, k):
    products = np.arange(num_products).reshape(-1, 1)
    users = np.full_like(products, user)
    scores = model.predict({"user": users, "product": products}, verbose=0)[:, 0]
    return [int(i) for i in np.argsort(-scores)[:k]]
