"""Velocities are NumPy arrays, since an optimizer's bookkeeping is Python.

breaks: "`fit` takes the same steps"
fails: test_fit_keeps_the_velocity, test_resumes_where_it_was_saved
"""

import keras
import numpy as np
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = {i: np.zeros(v.shape, v.dtype) for i, v in enumerate(variables)}

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        self.velocities[i] = self.momentum * self.velocities[i] + gradient.numpy()
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * self.velocities[i])

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
