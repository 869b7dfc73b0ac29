"""Flat ids are made a column, and stay one.

breaks: "be it [n], [n, 1] or another"
fails: test_probabilities_of_pairs
"""

from typing import Any

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Affinity(keras.layers.Layer):
    def __init__(
        self, num_users: int, num_products: int, embedding_dim: int, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.num_users = num_users
        self.num_products = num_products
        self.embedding_dim = embedding_dim

    def build(self, input_shape: list[tuple[int | None, ...]]) -> None:
        self.user_embedding = self.add_weight(
            name="user_embedding",
            shape=(self.num_users, self.embedding_dim),
            initializer="random_normal",
        )
        self.product_embedding = self.add_weight(
            name="product_embedding",
            shape=(self.num_products, self.embedding_dim),
            initializer="random_normal",
        )

    def call(self, inputs: list[tf.Tensor]) -> tf.Tensor:
        users, products = inputs
        if len(users.shape) == 1:
            users, products = users[:, None], products[:, None]
        user_rows = tf.nn.embedding_lookup(self.user_embedding, users)
        product_rows = tf.nn.embedding_lookup(self.product_embedding, products)
        return tf.sigmoid(tf.reduce_sum(user_rows * product_rows, axis=-1))

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
