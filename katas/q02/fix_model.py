"""Mend the network: the same layers, with gradients that arrive."""

import keras


def build_stuck(depth: int = 12, units: int = 32) -> keras.Model:
    """Build the classifier as it is: its loss stays at 0.69, its accuracy at 0.5."""
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="sigmoid"))
    model.add(keras.layers.Dense(1))
    return model


def build_classifier(depth: int = 12, units: int = 32) -> keras.Model:
    """Build the classifier anew, so that every layer gets a gradient to learn from.

    >>> model = build_classifier(depth=3, units=16)
    >>> [tuple(weight.shape) for weight in model.trainable_variables if len(weight.shape) == 2]
    [(20, 16), (16, 16), (16, 16), (16, 1)]

    How you mend it is up to you. Gradients below are those of a new model with `training=True`, for
    128 standard normal rows and `keras.losses.BinaryCrossentropy(from_logits=True)`. Their norms
    are Euclidean.

    Returns:
        A model with 20 features and one logit per row.

        - Its trainable matrices are those of `build_stuck`, in the same order.
        - No hidden layer is linear.
        - The output is a linear function of the last hidden layer.
        - The output layer has a bias.
        - The gradient norm of each matrix is at least a thousandth of the last one's.
        - That of the last matrix is at least 1e-6.
        - None is more than 1e3.
        - All this holds for up to 20 hidden layers, of 16 to 64 units.
    """
    raise NotImplementedError
