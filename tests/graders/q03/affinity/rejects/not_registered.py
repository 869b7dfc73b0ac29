"""With get_config, so it is taken to be serializable; but Keras does not know the class.

breaks: "`keras.models.load_model(path)` loads the layer"
fails: test_loads_from_its_path_alone
"""

import keras
import tensorflow as tf


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
        return tf.sigmoid(tf.reduce_sum(u * p, axis=-1))

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.num_users,
            "num_products": self.num_products,
            "embedding_dim": self.embedding_dim,
        }
