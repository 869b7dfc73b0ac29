"""The formula is that of keras.optimizers.SGD: the velocity is a sum of scaled steps. The two
agree as long as the learning rate does not change.

breaks: "The learning rate scales the step, not the velocity"
fails: test_a_new_learning_rate_scales_the_next_step
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
        self.assign(m, self.momentum * m - tf.cast(learning_rate, variable.dtype) * gradient)
        self.assign_add(variable, m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
