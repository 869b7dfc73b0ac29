"""A list can be changed, so it holds the tensors: rebinding its elements works in an eager
loop, and happens once, while tracing, in fit.

breaks: "`fit` takes the same steps"
fails: test_fit_keeps_the_velocity, test_resumes_where_it_was_saved
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = [tf.zeros(v.shape, v.dtype) for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        self.velocities[i] = self.momentum * self.velocities[i] + gradient
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * self.velocities[i])

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
