"""Two layers of Keras inside, which are told of no dtype."""

import keras


@keras.saving.register_keras_serializable()
class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_users = num_users
        self.num_products = num_products
        self.embedding_dim = embedding_dim
        self.users = keras.layers.Embedding(num_users, embedding_dim)
        self.products = keras.layers.Embedding(num_products, embedding_dim)

    def call(self, inputs):
        users, products = inputs
        dot = keras.ops.sum(self.users(users) * self.products(products), axis=-1)
        return keras.ops.sigmoid(dot)

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
