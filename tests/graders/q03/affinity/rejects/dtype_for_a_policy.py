"""The config holds the dtype of the weights, and mixed precision is lost.

breaks: "The config has the dtype policy"
fails: test_a_config_has_the_policy
"""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="shop")
class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_users = num_users
        self.num_products = num_products
        self.embedding_dim = embedding_dim

    def build(self, input_shape):
        self.users = self.add_weight(
            name="users", shape=(self.num_users, self.embedding_dim), initializer="uniform"
        )
        self.products = self.add_weight(
            name="products", shape=(self.num_products, self.embedding_dim), initializer="uniform"
        )

    def call(self, inputs):
        users, products = inputs
        u = keras.ops.take(self.users, users, axis=0)
        p = keras.ops.take(self.products, products, axis=0)
        dot = keras.ops.sum(u * p, axis=-1)
        return keras.ops.sigmoid(dot)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape[0])

    def get_config(self):
        return {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": self.dtype,
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
