"""Weights and batches on a mesh of devices: data and model parallelism at once, with DTensor."""

import numpy as np
import tensorflow as tf


class MeshTrainer:
    """Trains `relu(x @ w1) @ w2` on a mesh with the dimensions "data" and "model".

    Along "data", devices have different rows of each batch. Along "model", they have different
    hidden units: columns of w1, and the rows of w2 that belong to them. What comes out is what
    one device would get.

    Attributes:
        mesh: a dtensor.Mesh of data_parallel x model_parallel devices, "data" first: the first
            logical devices of the kind that is asked for, in their order.
        w1, w2: the weights, as dtensor.DVariables. Each device holds 1 / model_parallel of each.
    """

    def __init__(
        self,
        *,
        data_parallel: int,
        model_parallel: int,
        w1: np.ndarray,
        w2: np.ndarray,
        learning_rate: float,
        device_type: str = "CPU",
    ):
        """
        Args:
            data_parallel, model_parallel: the sizes of the mesh, 1 or more.
            w1: float32, (inputs, hidden); model_parallel divides `hidden`.
            w2: float32, (hidden, outputs).
            learning_rate: of plain SGD.
            device_type: "CPU" or "GPU"; dtensor.initialize_accelerator_system has been called
                for it, and there are at least as many of them as the mesh has places.

        Raises:
            ValueError: if model_parallel does not divide the hidden units.
        """
        raise NotImplementedError

    def put_batch(self, array: np.ndarray) -> tf.Tensor:
        """A batch, float32 and (rows, columns), as a DTensor: each device has its rows alone.

        Raises:
            ValueError: if data_parallel does not divide the rows.
        """
        raise NotImplementedError

    def step(self, x: np.ndarray, y: np.ndarray) -> float:
        """A step of SGD on a batch of NumPy arrays; gives the mean squared error before it.

        The mean is over all rows and all outputs, (rows, outputs).
        """
        raise NotImplementedError

    def gather(self) -> tuple[np.ndarray, np.ndarray]:
        """w1 and w2, whole, as NumPy arrays. The variables stay as they are."""
        raise NotImplementedError
