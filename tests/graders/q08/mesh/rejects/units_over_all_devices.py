"""The hidden units have to be divided by the number of all devices.

breaks: "It raises ValueError if `model_parallel` does not divide"
fails: test_each_device_holds_its_part_of_the_weights, test_each_device_has_its_rows_of_a_batch, test_inputs_and_targets_are_divided, test_training_is_that_of_one_device, test_gather_gives_whole_weights, test_gather_leaves_the_variables_divided
"""

import numpy as np
import tensorflow as tf
from tensorflow.experimental import dtensor


class MeshTrainer:
    def __init__(self, *, data_parallel, model_parallel, w1, w2, learning_rate, device_type="CPU"):
        if w1.shape[1] % (model_parallel * data_parallel):
            raise ValueError(f"{model_parallel} does not divide {w1.shape[1]} hidden units")
        self.d, self.m, self.rate = data_parallel, model_parallel, learning_rate
        names = [f"{device_type}:{i}" for i in range(data_parallel * model_parallel)]
        self.mesh = dtensor.create_mesh(
            [("data", data_parallel), ("model", model_parallel)], devices=names
        )
        self.w1 = dtensor.DVariable(self._put(w1, (None, "model")))
        self.w2 = dtensor.DVariable(self._put(w2, ("model", None)))
        self._step = tf.function(self._train)

    def _put(self, array, axes):
        array = np.asarray(array, "float32")
        layout = dtensor.Layout([a or dtensor.UNSHARDED for a in axes], self.mesh)
        parts = []
        for place in range(self.mesh.size):
            at = {"data": place // self.m, "model": place % self.m}
            cut = []
            for length, axis in zip(array.shape, axes):
                n = {"data": self.d, "model": self.m}.get(axis, 1)
                size = length // n
                i = at[axis] if axis else 0
                cut.append(slice(i * size, (i + 1) * size))
            parts.append(tf.constant(array[tuple(cut)]))
        return dtensor.pack(parts, layout)

    def put_batch(self, array):
        if len(array) % self.d:
            raise ValueError(f"{self.d} does not divide {len(array)} rows")
        return self._put(array, ("data", None))

    def _train(self, x, y):
        with tf.GradientTape() as tape:
            out = tf.nn.relu(x @ self.w1) @ self.w2
            loss = tf.reduce_mean(tf.square(out - y))
        for v, g in zip((self.w1, self.w2), tape.gradient(loss, (self.w1, self.w2))):
            v.assign_sub(self.rate * g)
        return loss

    def step(self, x, y):
        return float(self._step(self.put_batch(x), self.put_batch(y)))

    def gather(self):
        def whole(v, axis):
            parts = dtensor.unpack(v.read_value())[: self.m]
            return np.concatenate([p.numpy() for p in parts], axis=axis)

        return whole(self.w1, 1), whole(self.w2, 0)
