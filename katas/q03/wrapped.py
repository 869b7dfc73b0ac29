"""A layer that holds another layer."""

from typing import Any

import keras
import tensorflow as tf


class Gated(keras.layers.Layer):
    """Scales what another layer gives by one learned number: gate * inner(inputs).

    The gate is a trainable weight of shape []. It is the first of `layer.trainable_weights`; the
    others are those of the inner layer. All are trained, saved and loaded with the model. The
    inner layer stays what it is: it is used and not copied, it keeps the weights that it may
    already have, and in training it behaves as a layer in training.

    A model with this layer can be saved as `.keras`, and `keras.models.load_model(path)` loads it
    without `custom_objects` in any process that has imported this file, if that is true of the
    inner layer. The inner layer may be a Gated itself.

    Attributes:
        inner: the layer that was given to the constructor.
    """

    def __init__(
        self,
        inner: keras.layers.Layer,
        initializer: str | keras.initializers.Initializer = "ones",
        **kwargs: Any,
    ) -> None:
        """Put a gate behind `inner`.

        Args:
            inner: a layer that takes one tensor and gives one; it may have been called before.
            initializer: what the gate starts with: the name of an initializer, or one itself.
            **kwargs: what every Keras layer takes, and what it means there: name, dtype and so on.
        """
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Give gate * inner(inputs), in the shape that the inner layer gives."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments from which `from_config` makes a layer like this one.

        All of them, those in `**kwargs` too. A layer has them from the start, whether it was
        called before or not.
        """
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Gated":
        """Make a layer from what `get_config` returned, which stays as it is.

        The new layer has an inner layer of its own, of the same class and with the same config.
        It starts anew: with the initializers of both, and not with the weights.
        """
        raise NotImplementedError
