"""One model, two devices: model parallelism by hand."""

import numpy as np
import tensorflow as tf


class TwoStage:
    """Compute `relu(x @ w1 + b1) @ w2 + b2` in two stages, each on its own device.

    >>> weights = np.eye(2), np.zeros(2), np.ones([2, 1]), np.zeros(1)
    >>> model = TwoStage(("CPU:0", "CPU:0"), tuple(np.float32(each) for each in weights))
    >>> model(tf.constant([[1.0, 2.0]])).numpy().tolist()
    [[3.0]]
    >>> float(model.train_step(tf.constant([[1.0, 2.0]]), tf.constant([[5.0]])))
    4.0

    `devices` has one for each stage. `weights` are w1, b1, w2 and b2.

    - The weights of a stage are on its device.
    - Its matrix products run there in the forward pass.
    - They run there in the backward pass, too.
    - The momentum of a weight is on its device, in a variable of its shape.
    - Outputs, losses and weights are those that one device would get.

    Beyond the idea:
        - The constructor makes all variables.
        - Inside a tf.function of the caller, `train_step` trains as it does outside.
    """

    def __init__(self, devices: tuple[str, str], weights: tuple[np.ndarray, ...]):
        raise NotImplementedError

    @property
    def trainable_variables(self) -> list:
        """w1, b1, w2 and b2, as tf.Variables or Keras variables."""
        raise NotImplementedError

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """Compute outputs, with `@`, tf.matmul or Dense."""
        raise NotImplementedError

    def train_step(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        """Take a step of SGD with momentum on the mean squared error.

        For each weight: `m = 0.9 * m - 0.05 * gradient`, then `weight = weight + m`.

        Returns:
            The loss before the step.
        """
        raise NotImplementedError
