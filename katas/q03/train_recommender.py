"""The whole recommender.

It cannot import the file of another task.
"""

import keras


def build_recommender(
    num_users: int, num_products: int, embedding_dim: int, learning_rate: float = 0.1
) -> keras.Model:
    """Build and compile a functional model that learns who buys what.

    >>> model = build_recommender(num_users=3, num_products=5, embedding_dim=2)
    >>> pairs = {"user": np.array([[0], [2]]), "product": np.array([[4], [1]])}
    >>> model.predict(pairs, verbose=0).shape
    (2, 1)
    >>> history = model.fit(pairs, np.array([[1.0], [0.0]]), verbose=0)

    The output is sigmoid(sum(user_row * product_row)), as in task 2.

    - The inputs, named `user` and `product`, are int32 or int64 of shape [n, 1].
    - The two tables are all of `model.weights`, and are trained.
    - At first, the numbers in each lie between -0.5 and 0.5, and differ.
    - A step of `fit` is `learning_rate` times the gradient of the mean binary cross-entropy.
    - Rows that the batch does not name stay.
    - `keras.models.load_model(path)` loads it, without `custom_objects`, where your file was
      imported.
    - The loaded model goes on to learn.
    """
    raise NotImplementedError


def best_products(model: keras.Model, user: int, num_products: int, k: int) -> list[int]:
    """Name the `k` products that a user buys with the highest probability.

    >>> model = build_recommender(num_users=3, num_products=5, embedding_dim=2)
    >>> len(best_products(model, user=1, num_products=5, k=2))
    2

    Args:
        model: any model of `build_recommender`, trained or loaded.
        k: up to `num_products`.

    Returns:
        A list of `k` product ids, the best one first, as Python ints.

    Beyond the idea:
        - The order is right among hundreds of products with nearly equal probabilities.
        - Of equally good products, each is named once.
        - The call changes no weight and freezes none.
    """
    raise NotImplementedError
