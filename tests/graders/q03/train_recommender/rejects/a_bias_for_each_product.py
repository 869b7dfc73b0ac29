"""Each product has a bias, since some are bought by everybody.

breaks: "The two tables are all of `model.weights`"
fails: test_a_question_changes_nothing, test_a_step_follows_the_gradient, test_equally_good_products, test_goes_on_after_a_restart, test_ids_go_in_by_name, test_learns_from_the_start, test_names_the_best_products, test_other_rows_stay
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
    bias = keras.layers.Embedding(num_products, 1, "zeros")(product)
    dot = keras.ops.sum(user_row * product_row, axis=-1, keepdims=True) + bias
    probability = keras.ops.sigmoid(keras.ops.squeeze(dot, axis=-1))
    model = keras.Model({"user": user, "product": product}, probability)
    model.compile(keras.optimizers.SGD(learning_rate), "binary_crossentropy")
    return model


def best_products(model: keras.Model, user: int, num_products: int, k: int) -> list[int]:
    products = np.arange(num_products)[:, None]
    users = np.full_like(products, user)
    probability = model.predict({"user": users, "product": products}, verbose=0)
    return np.argsort(-probability[:, 0])[:k].tolist()
