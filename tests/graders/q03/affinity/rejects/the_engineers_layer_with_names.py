"""No **kwargs, the sum over axis 1, and a class that is not registered.

breaks: "A tensor of the shape of the ids"
fails: test_a_config_describes_the_layer, test_a_config_has_the_policy, test_fit_moves_the_rows_of_its_batch, test_ids_are_no_measures, test_ids_of_any_shape, test_large_dot_products, test_loads_from_its_path_alone, test_scalar_and_empty_ids, test_the_policy_sets_the_dtypes
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
        self.tables = [self.add_weight(name=f"table_of_{n}", shape=(n, dim)) for n in counts]

    def call(self, pair):
        user, product = (tf.gather(table, ids) for table, ids in zip(self.tables, pair))
        return tf.sigmoid(tf.reduce_sum(user * product, axis=1))

    def get_config(self):
        return {**super().get_config(), **self.sizes}
