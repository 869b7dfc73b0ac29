"""The dot product is a Python lambda in a Lambda layer.

breaks: "`keras.models.load_model(path)` loads it"
fails: test_goes_on_after_a_restart
"""

import keras
import numpy as np


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    user = keras.Input([1], dtype="int32", name="user")
    product = keras.Input([1], dtype="int32", name="product")
    u = keras.layers.Embedding(num_users, embedding_dim)(user)
    p = keras.layers.Embedding(num_products, embedding_dim)(product)
    outputs = keras.layers.Lambda(
        lambda rows: keras.ops.sigmoid(keras.ops.sum(rows[0] * rows[1], axis=-1)),
        output_shape=(1,),
    )([u, p])
    model = keras.Model({"user": user, "product": product}, outputs)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model, user, num_products, k):
    products = np.arange(num_products)[:, None]
    users = np.full_like(products, user)
    scores = model.predict({"user": users, "product": products}, verbose=0)
    return np.argsort(-scores[:, 0])[:k].tolist()
