"""All in the constructor, the weights in a list, matrix products."""

import tensorflow as tf


@tf.keras.utils.register_keras_serializable()
class Affinity(tf.keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.counts, self.embedding_dim = (num_users, num_products), embedding_dim
        self.tables = [
            self.add_weight(shape=(count, embedding_dim), name=f"table_of_{count}")
            for count in self.counts
        ]

    def call(self, inputs):
        u, p = (tf.gather(table, ids) for table, ids in zip(self.tables, inputs))
        return tf.nn.sigmoid(tf.matmul(u[..., None, :], p[..., :, None])[..., 0, 0])

    def get_config(self):
        config = super().get_config()
        config.update(zip(("num_users", "num_products"), self.counts))
        config["embedding_dim"] = self.embedding_dim
        return config
