"""Weights and batches on a mesh of devices: data and model parallelism at once, with DTensor."""

import numpy as np
import tensorflow as tf


class MeshTrainer:
    """Train `relu(x @ w1) @ w2` by plain SGD on a mesh of devices.

    >>> w1, w2 = np.ones([3, 4], "float32"), np.ones([4, 1], "float32")
    >>> options = {"w1": w1, "w2": w2, "learning_rate": 0.01}
    >>> trainer = MeshTrainer(data_parallel=1, model_parallel=1, **options)
    >>> trainer.step(np.ones([2, 3], "float32"), np.zeros([2, 1], "float32"))
    144.0

    There are `data_parallel * model_parallel` devices of `device_type`, or more, and
    `dtensor.initialize_accelerator_system` has been called.

    - Each device holds the weights of its own hidden units: columns of `w1` and rows of `w2`.
    - Losses and weights are those that one device would get.

    Attributes:
        mesh: A dtensor.Mesh with the dimensions "data" and "model", in this order.
        w1, w2: The weights, as dtensor.DVariables that are divided along "model".

    Beyond the idea:
        - It raises ValueError if `model_parallel` does not divide the hidden units.
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
        raise NotImplementedError

    def put_batch(self, array: np.ndarray) -> tf.Tensor:
        """Put the rows of a float32 matrix on the mesh, as a DTensor.

        - Each device gets the rows of its place along "data", and no others.

        Beyond the idea:
            - It raises ValueError if `data_parallel` does not divide the rows.
        """
        raise NotImplementedError

    def step(self, x: np.ndarray, y: np.ndarray) -> float:
        """Take a step on a batch.

        - `put_batch` puts both arrays on the mesh.

        Returns:
            The mean of all squared errors before the step, as a number.
        """
        raise NotImplementedError

    def gather(self) -> tuple[np.ndarray, np.ndarray]:
        """Copy `w1` and `w2`.

        - The copies are whole NumPy arrays.
        - The variables stay divided.
        """
        raise NotImplementedError
