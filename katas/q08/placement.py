"""One model, two devices: model parallelism by hand."""

import numpy as np
import tensorflow as tf


class TwoStage:
    """The network `relu(x @ w1 + b1) @ w2 + b2`, each of its two layers on a device of its own.

    All that belongs to a stage is on its device: its weights, its matrix products, forward and
    backward, and what the optimizer remembers for its weights. Only activations and their
    gradients go from one device to the other.

    All variables are made in the constructor, so that `__call__` and `train_step` can be called
    in a tf.function of somebody else, as well as outside of one.
    """

    def __init__(self, devices: tuple[str, str], weights: tuple[np.ndarray, ...]):
        """
        Args:
            devices: of the first and of the second stage, such as ("CPU:1", "CPU:2").
            weights: w1, b1, w2 and b2 to start from, float32, of shapes (inputs, hidden),
                (hidden,), (hidden, outputs) and (outputs,).
        """
        raise NotImplementedError

    @property
    def trainable_variables(self) -> list:
        """The four weights, as tf.Variables or Keras variables, in this order: w1, b1, w2, b2."""
        raise NotImplementedError

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """The outputs for float32 rows. The products are those of `@`, tf.matmul or Dense."""
        raise NotImplementedError

    def train_step(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        """One step of SGD with momentum; returns the loss before it, a scalar.

        The loss is the mean of all squared differences. The optimizer remembers one number for
        each weight, in tf.Variables or Keras variables of the same shape:

            m = 0.9 * m - 0.05 * gradient
            weight = weight + m
        """
        raise NotImplementedError
