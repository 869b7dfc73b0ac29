"""The sigmoid is written out as e / (1 + e), which is nan once e = exp(x) is infinite.

breaks: "1 or 0, not NaN"
fails: test_large_dot_products
"""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="q03")
class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_users, self.num_products = num_users, num_products
        self.embedding_dim = embedding_dim

    def build(self, input_shape):
        self.u = self.add_weight(
            name="u", shape=(self.num_users, self.embedding_dim), initializer="uniform"
        )
        self.p = self.add_weight(
            name="p", shape=(self.num_products, self.embedding_dim), initializer="uniform"
        )

    def call(self, inputs):
        users, products = inputs
        u = tf.nn.embedding_lookup(self.u, users)
        p = tf.nn.embedding_lookup(self.p, products)
        odds = tf.exp(tf.reduce_sum(u * p, axis=-1))
        return odds / (1.0 + odds)

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
