"""How well do a user and a product go together? A layer that learns it, and survives saving."""

from typing import Any

import keras
import tensorflow as tf


class Affinity(keras.layers.Layer):
    """The probability that a user buys a product.

    The layer has two tables of embeddings, one row of `embedding_dim` numbers for each user and
    one for each product. The probability is the sigmoid of the dot product of the two rows:

        sigmoid(sum(user_row * product_row))

    Whatever the dot product is, the probability is a number from 0 to 1 and never nan, as long as
    the layer computes in float32 or float64.

    The two tables are all the weights that the layer has, and both are trained. Their shapes are
    [num_users, embedding_dim] and [num_products, embedding_dim]; how they are made, named and
    started is up to you, but two tables of zeros never learn anything. Nothing else, such as a
    penalty, moves a row that no batch names.

    A model with this layer can be saved as `.keras`, and `keras.models.load_model(path)` loads it
    without `custom_objects` in any process that has imported this file. It loads with the layer's
    name and dtype, its sizes and its tables.
    """

    def __init__(
        self, num_users: int, num_products: int, embedding_dim: int, **kwargs: Any
    ) -> None:
        """Make a layer.

        Args:
            num_users: there are users 0 to num_users - 1.
            num_products: there are products 0 to num_products - 1.
            embedding_dim: how many numbers stand for one user, and for one product.
            **kwargs: what every Keras layer takes, and what it means there: name, dtype and so on.
        """
        raise NotImplementedError

    def call(self, inputs: list[tf.Tensor]) -> tf.Tensor:
        """Give the probability for each pair of a user and a product.

        Args:
            inputs: a list of two integer tensors (int32 or int64) of the same shape, which may be
                any: first the users, then the products. All of them are in range. The layer is
                called eagerly, in a tf.function and in a functional model.

        Returns:
            The probabilities, a tensor of the shape that the users have, in the dtype that the
            layer computes in: float32, if it was not told otherwise.
        """
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments from which `from_config` makes a layer like this one.

        All of them, those in `**kwargs` too, under the names that the constructor gives them. A
        layer has them from the start, whether it was called before or not. They are of the plain
        kinds that JSON knows.
        """
        raise NotImplementedError
