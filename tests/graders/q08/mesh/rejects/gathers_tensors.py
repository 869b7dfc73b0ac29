"""The weights are whole, and DTensors.

breaks: "The copies are whole NumPy arrays"
fails: test_gather_gives_whole_weights
"""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor


class MeshTrainer:
    def __init__(self, *, data_parallel, model_parallel, w1, w2, learning_rate, device_type="CPU"):
        if w1.shape[1] % model_parallel:
            raise ValueError(f"{w1.shape[1]} hidden units over {model_parallel} devices")
        self.data_parallel, self.model_parallel = data_parallel, model_parallel
        self.learning_rate = learning_rate
        devices = [f"{device_type}:{i}" for i in range(data_parallel * model_parallel)]
        self.mesh = dtensor.create_mesh(
            [("data", data_parallel), ("model", model_parallel)],
            devices=devices,
            device_type=device_type,
        )
        columns = np.split(w1, model_parallel, axis=1)
        rows = np.split(w2, model_parallel, axis=0)
        self.w1 = self.variable(columns * data_parallel, [dtensor.UNSHARDED, "model"])
        self.w2 = self.variable(rows * data_parallel, ["model", dtensor.UNSHARDED])
        self.train = tf.function(self.train_on)

    def variable(self, pieces, specs):
        layout = dtensor.Layout(specs, self.mesh)
        return dtensor.DVariable(dtensor.pack([tf.constant(p) for p in pieces], layout))

    def put_batch(self, array):
        if len(array) % self.data_parallel:
            raise ValueError(f"{len(array)} rows over {self.data_parallel} devices")
        parts = np.split(array, self.data_parallel)
        pieces = [tf.constant(part) for part in parts for _ in range(self.model_parallel)]
        layout = dtensor.Layout(["data"] + [dtensor.UNSHARDED] * (array.ndim - 1), self.mesh)
        return dtensor.pack(pieces, layout)

    def train_on(self, x, y):
        with tf.GradientTape() as tape:
            outputs = tf.matmul(tf.nn.relu(tf.matmul(x, self.w1)), self.w2)
            loss = tf.reduce_mean(tf.square(outputs - y))
        gradients = tape.gradient(loss, [self.w1, self.w2])
        for variable, gradient in zip([self.w1, self.w2], gradients):
            variable.assign_sub(self.learning_rate * gradient)
        return loss

    def step(self, x, y):
        return float(self.train(self.put_batch(x), self.put_batch(y)).numpy())

    def gather(self):
        whole = dtensor.Layout.replicated(self.mesh, rank=2)
        return tuple(dtensor.relayout(w.read_value(), whole) for w in (self.w1, self.w2))
