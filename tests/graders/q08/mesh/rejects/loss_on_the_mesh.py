"""The loss stays a tensor on the mesh.

breaks: "before the step, as a number"
fails: test_training_is_that_of_one_device
"""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor

WHOLE = dtensor.UNSHARDED


class MeshTrainer:
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
        if w1.shape[1] % model_parallel:
            raise ValueError(f"{w1.shape[1]} hidden units on {model_parallel} devices")
        places = data_parallel * model_parallel
        self.mesh = dtensor.create_mesh(
            [("data", data_parallel), ("model", model_parallel)],
            devices=[f"{device_type}:{i}" for i in range(places)],
        )
        # The product over the hidden units is a sum over devices; DTensor adds the all-reduce.
        self.w1 = dtensor.DVariable(self.put(w1, WHOLE, "model"))
        self.w2 = dtensor.DVariable(self.put(w2, "model", WHOLE))
        self.learning_rate = learning_rate

    def put(self, array: np.ndarray, *specs: str) -> tf.Tensor:
        return dtensor.copy_to_mesh(tf.constant(array), dtensor.Layout(specs, self.mesh))

    def put_batch(self, array: np.ndarray) -> tf.Tensor:
        if len(array) % self.mesh.dim_size("data"):
            raise ValueError(f"{len(array)} rows on {self.mesh.dim_size('data')} devices")
        return self.put(array, "data", WHOLE)

    def step(self, x: np.ndarray, y: np.ndarray) -> tf.Tensor:
        return self.train(self.put_batch(x), self.put_batch(y))

    @tf.function
    def train(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.nn.relu(x @ self.w1) @ self.w2 - y) ** 2)
        weights = [self.w1, self.w2]
        for weight, gradient in zip(weights, tape.gradient(loss, weights), strict=True):
            weight.assign_sub(self.learning_rate * gradient)
        return loss

    def gather(self) -> tuple[np.ndarray, np.ndarray]:
        whole = dtensor.Layout.replicated(self.mesh, rank=2)
        w1, w2 = (dtensor.relayout(w.read_value(), whole).numpy() for w in (self.w1, self.w2))
        return w1, w2
