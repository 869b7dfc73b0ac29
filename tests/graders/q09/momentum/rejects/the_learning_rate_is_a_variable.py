"""`self.learning_rate` is taken for a variable, whatever the constructor was given.

breaks: "a number or a schedule"
fails: test_a_schedule_sets_the_steps, test_the_config_has_every_argument
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
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(self.learning_rate.value, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
