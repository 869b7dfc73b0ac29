"""Momentum is taken for an exponential moving average of the gradients, as in Adam.

breaks: "Every step follows this formula"
fails: test_steps_follow_the_formula
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + (1.0 - self.momentum) * gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
