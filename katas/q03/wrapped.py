"""A layer that holds another layer."""

from typing import Any

import keras
import tensorflow as tf


class Gated(keras.layers.Layer):
    """Multiply what another layer gives by one learned number, the gate.

    >>> inner = keras.layers.Dense(2, kernel_initializer="ones", name="in")
    >>> layer = Gated(inner, initializer=keras.initializers.Constant(0.5))
    >>> layer(tf.ones([1, 3])).numpy().tolist()
    [[1.5, 1.5]]
    >>> [tuple(weight.shape) for weight in layer.trainable_weights]
    [(), (3, 2), (2,)]
    >>> again = Gated.from_config(layer.get_config())
    >>> again.inner.name, again.inner.units
    ('in', 2)

    - The gate and the inner layer are trained.
    - The gate comes first among `trainable_weights`.
    - In training, the inner layer is in training.
    - An inner layer that was called before keeps its weights.
    - A model's next layer gets the right shape.
    - `keras.models.load_model(path)` loads all, even a `Gated` in a `Gated`, without
      `custom_objects`, where your file was imported.

    Args:
        initializer: what the gate starts with: the name of a Keras initializer, or one itself.

    Attributes:
        inner: the layer that was given to the constructor, not a copy.

    Beyond the idea:
        - The inner layer may be a registered layer of somebody else.
        - A frozen inner layer stays frozen.
        - The config has the name, the dtype policy and `trainable`, too.
    """

    def __init__(
        self,
        inner: keras.layers.Layer,
        initializer: str | keras.initializers.Initializer = "ones",
        **kwargs: Any,
    ) -> None:
        raise NotImplementedError

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Give gate * inner(inputs)."""
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments, for `from_config`.

        - It can be asked for before the first call.
        """
        raise NotImplementedError

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "Gated":
        """Make a layer from what `get_config` returned.

        - It has an inner layer of its own, of the same class and config.
        - Its gate starts as the initializer says.

        Beyond the idea:
            - `config` is not changed.
        """
        raise NotImplementedError
