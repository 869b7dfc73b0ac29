"""The ids of both kinds are stacked with a constant of int32, and int64 ids do not go with it.

breaks: "int32 or int64 ids of one shape"
fails: test_a_config_describes_the_layer, test_a_config_has_the_policy, test_ids_are_no_measures, test_ids_of_any_shape, test_probabilities_of_pairs, test_scalar_and_empty_ids, test_the_policy_sets_the_dtypes, test_two_tables_and_nothing_else
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
        zero = tf.constant(0, tf.int32)
        users, products = inputs[0] + zero, inputs[1] + zero
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
