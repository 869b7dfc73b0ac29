"""keras.Variables in build, a config kept as a dict, a custom object instead of the decorator."""

import keras
from keras import ops


class Affinity(keras.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.sizes = dict(
            num_users=num_users, num_products=num_products, embedding_dim=embedding_dim
        )

    def build(self, shapes):
        users, products, dim = self.sizes.values()
        self.u = keras.Variable(keras.random.normal((users, dim)), dtype=self.variable_dtype)
        self.p = keras.Variable(keras.random.normal((products, dim)), dtype=self.variable_dtype)

    def call(self, pair):
        rows = ops.take(self.u, pair[0], axis=0) * ops.take(self.p, pair[1], axis=0)
        return keras.activations.sigmoid(ops.sum(rows, axis=-1))

    def get_config(self):
        return dict(super().get_config(), **self.sizes)


keras.saving.get_custom_objects()["Affinity"] = Affinity
