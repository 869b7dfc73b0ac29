"""Raw tf.Variables are saved by the optimizer itself, under the names of the weights: two layers have
the same.

breaks: "A `.keras` file keeps the velocities"
fails: test_resumes_where_it_was_saved
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.names = [v.name for v in variables]
        self.slots = {
            v.value.ref(): tf.Variable(tf.zeros(v.shape, v.dtype), trainable=False)
            for v in variables
        }

    def update_step(self, gradient, variable, learning_rate):
        m = self.slots[variable.ref()]
        m.assign(self.momentum * m + gradient)
        variable.assign_sub(tf.cast(learning_rate, m.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}

    def save_own_variables(self, store):
        super().save_own_variables(store)
        for name, slot in dict(zip(self.names, self.slots.values(), strict=True)).items():
            store[f"slot_{name}"] = slot.numpy()

    def load_own_variables(self, store):
        for name, slot in zip(self.names, self.slots.values(), strict=True):
            slot.assign(store[f"slot_{name}"])
        super().load_own_variables({k: store[k] for k in store.keys() if "slot" not in k})
