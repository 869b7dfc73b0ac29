"""Velocities are made when they are first needed: too late for load_model, which has to put the
saved ones somewhere.

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
        self.references, self.velocities = list(variables), {}

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        if i not in self.velocities:
            self.velocities[i] = self.add_variable_from_reference(self.references[i], "velocity")
        m = self.velocities[i]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
