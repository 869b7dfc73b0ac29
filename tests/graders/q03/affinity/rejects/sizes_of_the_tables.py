"""The config reads the sizes from the tables, which a layer has only once it was built.

breaks: "It can be asked for before the first call"
fails: test_a_config_describes_the_layer
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
        return tf.sigmoid(tf.reduce_sum(u * p, axis=-1))

    def get_config(self):
        return {
            **super().get_config(),
            "num_users": self.u.shape[0],
            "num_products": self.p.shape[0],
            "embedding_dim": self.u.shape[1],
        }
