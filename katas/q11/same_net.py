"""One network, written in Keras's three ways.

>>> for make in sequential_net, functional_net, SubclassNet:
...     model = make(4, [3], 2)
...     print([tuple(weight.shape) for weight in model.weights])
[(4, 3), (3,), (3, 2), (2,)]
[(4, 3), (3,), (3, 2), (2,)]
[(4, 3), (3,), (3, 2), (2,)]

It classifies [batch, features], by a line of Dense layers. Each width in `hidden` makes one with
relu. The last has `classes` units and softmax.

- All have their weights when they are made: a kernel and a bias for each Dense layer, in order.
- With the same weights, all give the same probabilities, also in training.
- `fit` trains every weight.
- Two networks share no weights.
- Saved as `.keras` and loaded, each gives the same outputs.

`load_model` is told of SubclassNet by `custom_objects`.

Beyond the idea:
    - `hidden` may be empty.
    - The list `hidden` stays unchanged.
    - SubclassNet takes what every keras.Model takes: name, trainable, dtype.
    - Its config has them, too.
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


def sequential_net(features: int, hidden: Sequence[int], classes: int) -> keras.Sequential:
    """Make it as a `keras.Sequential`."""
    raise NotImplementedError


def functional_net(features: int, hidden: Sequence[int], classes: int) -> keras.Model:
    """Make it with `keras.Model(inputs, outputs)`.

    Returns:
        A functional model, which is no Sequential.
    """
    raise NotImplementedError


class SubclassNet(keras.Model):
    """Make it as a class.

    - It is neither functional nor a Sequential.
    """

    def __init__(self, features: int, hidden: Sequence[int], classes: int, **kwargs: Any) -> None:
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Compute the probabilities."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """Return the arguments of the constructor."""
        raise NotImplementedError
