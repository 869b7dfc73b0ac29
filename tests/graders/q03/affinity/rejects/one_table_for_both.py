"""Users and products share one table, large enough for both.

breaks: "The weights are two tables"
fails: test_a_config_describes_the_layer, test_fit_moves_the_rows_of_its_batch, test_ids_are_no_measures, test_ids_of_any_shape, test_large_dot_products, test_loads_from_its_path_alone, test_probabilities_of_pairs, test_scalar_and_empty_ids, test_two_tables_and_nothing_else
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
            name="u",
            shape=(max(self.num_users, self.num_products), self.embedding_dim),
            initializer="uniform",
        )
        self.p = self.u

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
