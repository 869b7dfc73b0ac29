"""The layers inside are not told of the dtype that was asked for.

breaks: "The output has the compute dtype of the layer"
fails: test_the_policy_sets_the_dtypes
"""

import keras


@keras.utils.register_keras_serializable("shop", "user_meets_product")
class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.users = keras.layers.Embedding(num_users, embedding_dim)
        self.products = keras.layers.Embedding(num_products, embedding_dim)

    def call(self, inputs):
        u, p = self.users(inputs[0]), self.products(inputs[1])
        return keras.ops.sigmoid(keras.ops.einsum("...d,...d->...", u, p))

    def get_config(self):
        sizes = {
            "num_users": self.users.input_dim,
            "num_products": self.products.input_dim,
            "embedding_dim": self.users.output_dim,
        }
        return super().get_config() | sizes
