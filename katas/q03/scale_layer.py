"""A layer with a weight that is trained and a weight that is not."""

from typing import Any

import keras
import tensorflow as tf


class Gain(keras.layers.Layer):
    """Multiply each feature by a gain that is learned, and count the calls in training.

    >>> layer = Gain()
    >>> layer(tf.constant([[1.0, 2.0, 3.0]]), training=True).numpy().tolist()
    [[1.0, 2.0, 3.0]]
    >>> layer.set_weights([np.array([2.0, 0.0, -1.0]), np.array(7)])
    >>> layer(tf.constant([[1.0, 2.0, 3.0]]), training=True).numpy().tolist()
    [[2.0, 0.0, -3.0]]
    >>> int(layer.training_calls)
    8

    The features are the last axis of the input. The first input tells their number.

    - Each call in training counts once: eager, in a tf.function, and in `fit`.
    - No other call counts.
    - Every layer has gains and a count of its own.
    - The layer has no other weights.

    Attributes:
        gain: a trainable weight of shape [features], which starts at ones. Each call uses its
            present value.
        training_calls: a scalar weight, which starts at 0 and is not trained.

    Beyond the idea:
        - The input may have any rank from 2 on. The rank may change from call to call.
        - The count is exact up to a million, in a layer of any dtype.
        - The output has the compute dtype of the layer, and the gains have its variable dtype.
        - `**kwargs` act as in every Keras layer: name, dtype, trainable.
        - A frozen layer counts, too.
    """

    def __init__(self, **kwargs: Any) -> None:
        raise NotImplementedError

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Multiply each feature by its gain."""
        raise NotImplementedError
