"""The whole recommender: built, compiled, trained, saved, and asked for its favourites."""

import keras


def build_recommender(
    num_users: int, num_products: int, embedding_dim: int, learning_rate: float = 0.1
) -> keras.Model:
    """Make a compiled functional model that learns who buys what.

    It has two inputs, named `user` and `product`, for integer ids (int32 or int64) of shape
    [n, 1], and is fed with a dict: {"user": ids, "product": ids}. `model.inputs` are of an integer
    dtype, too. Its output is the probability of a purchase, a float32 of shape [n, 1]:

        sigmoid(sum(user_row * product_row))

    where the rows come from two tables of shape [num_users, embedding_dim] and
    [num_products, embedding_dim]. The two tables start with random numbers between -0.5 and 0.5,
    are trained, and are all the weights that the model has (the optimizer has some of its own).

    The model is compiled: a step of `fit` goes down the binary cross-entropy, averaged over the
    batch, by gradient descent with this learning rate and without momentum. So a step moves only
    the rows of the users and products in its batch. A row that a batch names twice gets both
    gradients.

    Saved as `.keras`, the model can be loaded by `keras.models.load_model(path)`, without
    `custom_objects` and with safe mode on, in any process that has imported this file. It predicts
    and goes on to learn as it would have done without that.

    This file is judged by itself: it cannot import another task's.
    """
    raise NotImplementedError


def best_products(model: keras.Model, user: int, num_products: int, k: int) -> list[int]:
    """Name the `k` products that a user buys with the highest probability, the best one first.

    Args:
        model: a model of `build_recommender`, trained or loaded; it stays as it is.
        user: the id of the user.
        num_products: there are products 0 to num_products - 1.
        k: how many to name, from 1 to num_products.

    Returns:
        A list of k ids, Python ints, each of them once. Equal probabilities may come in any order.
    """
    raise NotImplementedError
