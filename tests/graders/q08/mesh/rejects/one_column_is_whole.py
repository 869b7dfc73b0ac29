"""A matrix of one column is put whole on each device.

breaks: "Each device gets the rows of its place along"
fails: test_each_device_has_its_rows_of_a_batch
"""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor


class MeshTrainer:
    """Train `relu(x @ w1) @ w2` by plain SGD on a mesh of devices."""

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
        if w1.shape[1] % model_parallel != 0:
            raise ValueError(f"{model_parallel} does not divide {w1.shape[1]} hidden units")
        self.data_parallel, self.model_parallel = data_parallel, model_parallel
        self.learning_rate = learning_rate
        self.mesh = dtensor.create_mesh(
            [("data", data_parallel), ("model", model_parallel)],
            devices=[f"{device_type}:{i}" for i in range(data_parallel * model_parallel)],
        )
        columns = dtensor.Layout([dtensor.UNSHARDED, "model"], self.mesh)
        rows = dtensor.Layout(["model", dtensor.UNSHARDED], self.mesh)
        self.w1 = self._make_variable(w1, columns)
        self.w2 = self._make_variable(w2, rows)
        self._train = tf.function(self._train_step)

    def _replicated(self) -> dtensor.Layout:
        return dtensor.Layout.replicated(self.mesh, rank=2)

    def _make_variable(self, array, layout):
        whole = dtensor.copy_to_mesh(tf.constant(array, tf.float32), self._replicated())
        return dtensor.DVariable(dtensor.relayout(whole, layout))

    def put_batch(self, array: np.ndarray) -> tf.Tensor:
        """Put the rows of a float32 matrix on the mesh, as a DTensor."""
        if len(array) % self.data_parallel != 0:
            raise ValueError(f"{self.data_parallel} does not divide {len(array)} rows")
        if array.shape[1] == 1:
            return dtensor.copy_to_mesh(tf.constant(array, tf.float32), self._replicated())
        parts = np.split(np.asarray(array, np.float32), self.data_parallel)
        components = [tf.constant(part) for part in parts for _ in range(self.model_parallel)]
        layout = dtensor.Layout(["data", dtensor.UNSHARDED], self.mesh)
        return dtensor.pack(components, layout)

    def _loss(self, x, y):
        outputs = tf.matmul(tf.nn.relu(tf.matmul(x, self.w1)), self.w2)
        return tf.reduce_mean(tf.square(outputs - y))

    def _train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self._loss(x, y)
        variables = [self.w1, self.w2]
        gradients = tape.gradient(loss, variables)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(self.learning_rate * gradient)
        return loss

    def step(self, x: np.ndarray, y: np.ndarray) -> float:
        """Take a step on a batch."""
        loss = self._train(self.put_batch(x), self.put_batch(y))
        return float(loss.numpy())

    def gather(self) -> tuple[np.ndarray, np.ndarray]:
        """Copy `w1` and `w2`."""
        w1 = dtensor.relayout(self.w1.read_value(), self._replicated())
        w2 = dtensor.relayout(self.w2.read_value(), self._replicated())
        return np.array(w1.numpy()), np.array(w2.numpy())
