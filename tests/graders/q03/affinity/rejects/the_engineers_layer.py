"""Names by position, no **kwargs, the sum over axis 1, and a class that is not registered.

breaks: "The weights are two tables"
fails: all
"""

import keras
import tensorflow as tf


class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim):
        super().__init__()
        self.sizes = dict(
            num_users=num_users, num_products=num_products, embedding_dim=embedding_dim
        )

    def build(self, shapes):
        *counts, dim = self.sizes.values()
        self.tables = [self.add_weight(f"table_of_{n}", shape=(n, dim)) for n in counts]

    def call(self, pair):
        user, product = (tf.gather(table, ids) for table, ids in zip(self.tables, pair))
        return tf.sigmoid(tf.reduce_sum(user * product, axis=1))

    def get_config(self):
        return {**super().get_config(), **self.sizes}
