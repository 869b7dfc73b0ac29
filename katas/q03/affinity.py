"""A layer that learns who buys what."""

from typing import Any

import keras
import tensorflow as tf


class Affinity(keras.layers.Layer):
    """Give the probability that a user buys a product.

    >>> layer = Affinity(num_users=3, num_products=5, embedding_dim=2)
    >>> layer([tf.constant([0, 0, 2]), tf.constant([4, 1, 1])]).shape
    TensorShape([3])
    >>> sorted(tuple(table.shape) for table in layer.weights)
    [(3, 2), (5, 2)]
    >>> Affinity.from_config(layer.get_config()).get_config()["num_products"]
    5

    Each user has a row of numbers in one table, and each product in another:

        sigmoid(sum(user_row * product_row))

    - The weights are two tables, [num_users, embedding_dim] and [num_products, embedding_dim].
    - With plain SGD, `fit` moves the rows that its batch names, and no others.
    - `from_config` makes a layer with the same sizes and name.
    - `keras.models.load_model(path)` loads the layer and its tables, without `custom_objects`,
      where your file was imported.

    Beyond the idea:
        - The ids may be scalars, or empty.
        - The probability of a very large or very small sum is close to 1 or 0, not NaN.
        - The output has the compute dtype of the layer, and the tables have its variable dtype.
        - In half precision, too, each id finds its row.
        - The config has the dtype policy, and `trainable` as it is now.
    """

    def __init__(
        self, num_users: int, num_products: int, embedding_dim: int, **kwargs: Any
    ) -> None:
        raise NotImplementedError

    def call(self, inputs: list[tf.Tensor]) -> tf.Tensor:
        """Give the probability of each pair.

        Args:
            inputs: a list of users and products: int32 or int64 ids of one shape.

        Returns:
            A tensor of the shape of the ids, be it [n], [n, 1] or another.
        """
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments, for `from_config`.

        - The three sizes are ints, under their names in the constructor.
        - It can be asked for before the first call.
        """
        raise NotImplementedError
