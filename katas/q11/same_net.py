"""One network, written in the three ways that Keras knows.

The network is a line of Dense layers, a classifier: one layer with relu for each number in
`hidden`, which are their widths in order, then one layer with softmax that has `classes` units. It
takes float32 inputs of shape [batch, features] and gives float32 outputs of shape [batch, classes].
`hidden` is a list, which may be empty and is not changed; `features` and `classes` are ints.

All three have their weights as soon as they are made, before any data: for each Dense layer, in
order, a kernel of shape (inputs, units) and a bias of shape (units,), and no more. The weights are
trainable, the network trains with `fit`, and every network that is made has weights of its own.
Saved as `.keras` and loaded, each gives the same outputs; `load_model` is told of the class
SubclassNet by `custom_objects`, and of nothing else.
"""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


def sequential_net(features: int, hidden: Sequence[int], classes: int) -> keras.Sequential:
    """The network as a `keras.Sequential`."""
    raise NotImplementedError


def functional_net(features: int, hidden: Sequence[int], classes: int) -> keras.Model:
    """The network as a functional model: what `keras.Model(inputs, outputs)` makes."""
    raise NotImplementedError


class SubclassNet(keras.Model):
    """The network as a class of its own, whose `call` says what is computed.

    It is neither a Sequential nor a functional model under another name.
    """

    def __init__(self, features: int, hidden: Sequence[int], classes: int, **kwargs: Any) -> None:
        """Make the network, with its weights.

        Args:
            **kwargs: what the constructor of keras.Model takes: name, trainable, dtype.
        """
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """The probabilities of the classes, for each row of `inputs`."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """What `from_config`, and so `load_model`, makes an equal network of.

        It names the arguments of the constructor, those of the base class included.
        """
        raise NotImplementedError
