"""The embeddings are summed over axis 1, which is right for flat ids alone.

breaks: "A tensor of the shape of the ids"
fails: test_fit_moves_the_rows_of_its_batch, test_ids_of_any_shape, test_large_dot_products, test_scalar_and_empty_ids
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
        return tf.sigmoid(tf.reduce_sum(u * p, axis=1))

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
