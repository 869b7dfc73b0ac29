"""Everything is copied to all devices first and laid out anew."""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor


class MeshTrainer:
    def __init__(self, *, data_parallel, model_parallel, w1, w2, learning_rate, device_type="CPU"):
        if np.shape(w1)[-1] % model_parallel > 0:
            raise ValueError(model_parallel)
        places = data_parallel * model_parallel
        devices = [d.name for d in tf.config.list_logical_devices(device_type)][:places]
        self.mesh = dtensor.create_distributed_mesh(
            [("data", data_parallel), ("model", model_parallel)],
            local_devices=[d.split("device:")[1] for d in devices],
        )
        self.learning_rate, self.data = learning_rate, data_parallel
        self.replicated = dtensor.Layout.replicated(self.mesh, 2)
        self.w1 = dtensor.DVariable(
            self.lay(w1, dtensor.Layout.inner_sharded(self.mesh, "model", 2))
        )
        self.w2 = dtensor.DVariable(
            self.lay(w2, dtensor.Layout.batch_sharded(self.mesh, "model", 2))
        )

    def lay(self, array, layout):
        return dtensor.relayout(dtensor.copy_to_mesh(tf.constant(array), self.replicated), layout)

    def put_batch(self, array):
        if len(array) % self.data:
            raise ValueError("rows")
        return self.lay(array, dtensor.Layout.batch_sharded(self.mesh, "data", 2))

    @tf.function
    def loss_and_update(self, x, y):
        with tf.GradientTape() as tape:
            outputs = tf.nn.relu(x @ self.w1) @ self.w2
            loss = tf.math.reduce_mean(tf.math.squared_difference(outputs, y))
        d1, d2 = tape.gradient(loss, (self.w1, self.w2))
        self.w1.assign(self.w1 - self.learning_rate * d1)
        self.w2.assign(self.w2 - self.learning_rate * d2)
        return loss

    def step(self, x, y):
        return self.loss_and_update(self.put_batch(x), self.put_batch(y)).numpy().item()

    def gather(self):
        return [dtensor.relayout(w.value(), self.replicated).numpy() for w in (self.w1, self.w2)]
