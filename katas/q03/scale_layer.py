"""A layer with a weight that is trained and a weight that is not."""

from typing import Any

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    """Multiplies every feature by a learned gain, and counts the calls in training.

    The features are the last axis of the input. Their number is not known before the layer is
    called or built for the first time; from then on it is fixed.

    Attributes:
        gain: The gains, one for each feature: a trainable weight of shape [features], which starts
            at ones. It is there once the layer has been called or built. Others may assign to it.
        training_calls: How often the layer was called in training: a weight of shape [] that is
            not trained and starts at 0, in any dtype that counts to a million. It is there once
            the layer has been called or built.

    These two are all the weights that the layer has, and Keras knows both, so that they are saved
    and loaded with a model. Every layer has its own.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Make a layer.

        Args:
            **kwargs: what every Keras layer takes, and what it means there: name, dtype and so on.
        """
        raise NotImplementedError

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Multiply each feature by its gain.

        Args:
            inputs: floating-point numbers of shape [..., features], with one axis or more before
                the features.
            training: whether this is a call in training. Only those count, each of them once, be
                it eager, in a tf.function or in `fit`.

        Returns:
            A tensor of the shape of `inputs`, in the dtype that the layer computes in. For a
            mixed_float16 layer that is float16, while its gains are kept in float32.
        """
        raise NotImplementedError
