"""Mend the network: the same layers, with gradients that arrive."""

import keras


def build_stuck(depth: int = 12, units: int = 32) -> keras.Model:
    """The classifier as it is. It does not learn: the loss stays at 0.69, the accuracy at 0.5."""
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, activation="sigmoid"))
    model.add(keras.layers.Dense(1))
    return model


def build_classifier(depth: int = 12, units: int = 32) -> keras.Model:
    """Build the classifier anew, so that every layer gets a gradient to learn from.

    It is as deep and as wide as build_stuck makes it: its trainable matrices (variables with two
    dimensions) are, in this order in `trainable_variables`, one of shape [20, units], `depth` - 1
    of shape [units, units], and one of shape [units, 1]. Each of the first `depth` belongs to a
    hidden layer, and none of these layers is linear. What else the layers consist of is up to
    you, as are the trainable variables with one dimension.

    The output is a logit: a linear function of the last hidden layer, with a bias.

    Take a new model, a batch of 128 rows of standard normal numbers, labels of 0 and 1, and the
    gradients of `keras.losses.BinaryCrossentropy(from_logits=True)` with `training=True`. For the
    Euclidean norms of the gradients of all matrices, it holds that

    - each is at least a thousandth of the one of the last matrix,
    - the one of the last matrix is at least 1e-6,
    - and none is more than 1e3.

    That is so for a depth of up to 20 and for 16 to 64 units, whatever the random seeds are.

    Args:
        depth: how many hidden layers there are, 2 or more.
        units: how wide each of them is.

    Returns:
        A model from float32 [rows, 20] to float32 [rows, 1], with its weights built. It need not
        be compiled.
    """
    raise NotImplementedError
