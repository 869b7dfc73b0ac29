"""Parts are cut and packed by hand; the gradients are written out, and unpacked for the gather."""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor


class MeshTrainer:
    def __init__(self, *, data_parallel, model_parallel, w1, w2, learning_rate, device_type="CPU"):
        self.d, self.m, self.rate = data_parallel, model_parallel, learning_rate
        if w1.shape[1] % self.m != 0:
            raise ValueError("the hidden units do not divide")
        self.mesh = dtensor.create_mesh(
            [("data", self.d), ("model", self.m)],
            devices=[f"{device_type}:{i}" for i in range(self.d * self.m)],
        )
        self.w1 = dtensor.DVariable(
            self.pack(np.split(w1, self.m, 1) * self.d, [dtensor.UNSHARDED, "model"])
        )
        self.w2 = dtensor.DVariable(
            self.pack(np.split(w2, self.m, 0) * self.d, ["model", dtensor.UNSHARDED])
        )

    def pack(self, parts, specs):
        return dtensor.pack([tf.constant(p) for p in parts], dtensor.Layout(specs, self.mesh))

    def put_batch(self, array):
        if array.shape[0] % self.d:
            raise ValueError("the rows do not divide")
        parts = [part for part in np.split(array, self.d) for _ in range(self.m)]
        return self.pack(parts, ["data", dtensor.UNSHARDED])

    def step(self, x, y):
        return self.descend(self.put_batch(x), self.put_batch(y)).numpy()

    @tf.function
    def descend(self, x, y):
        with tf.GradientTape() as tape:
            out = tf.matmul(tf.nn.relu(tf.matmul(x, self.w1)), self.w2)
            loss = tf.reduce_mean(tf.square(out - y))
        g1, g2 = tape.gradient(loss, [self.w1, self.w2])
        self.w1.assign_sub(g1 * self.rate)
        self.w2.assign_sub(g2 * self.rate)
        return loss

    def gather(self):
        one = [p.numpy() for p in dtensor.unpack(self.w1.read_value())][: self.m]
        two = [p.numpy() for p in dtensor.unpack(self.w2.read_value())][: self.m]
        return np.concatenate(one, 1), np.concatenate(two, 0)
