"""The class is registered when a layer is made, and a process that loads has made none.

breaks: "`keras.models.load_model(path)` loads the layer"
fails: test_loads_from_its_path_alone
"""

import keras
import tensorflow as tf


class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        keras.saving.get_custom_objects()["Affinity"] = Affinity
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
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
